"""The other ways to say it, and what their pages say. Pure."""

from dataclasses import dataclass

from .things import DRAWING, PHOTO, VOICE


@dataclass(frozen=True, slots=True)
class Way:
    """`accept` is what a file chooser offers; what may be kept is decided by the bytes."""

    slug: str
    kind: str
    name: str
    heading: str
    file_label: str
    file_help: str
    words_label: str
    text_label: str
    nothing: str
    accept: str
    script: str


WAYS = {
    "say": Way(
        "say",
        VOICE,
        "Say it",
        "Say it in your own voice",
        "Choose a recording",
        "Up to 5 minutes and 10 MB.",
        "A description",
        "Words to go with it",
        "There is nothing here yet. You could record something, or use words.",
        "audio/*",
        "js/voice.js",
    ),
    "draw": Way(
        "draw",
        DRAWING,
        "Draw",
        "A shape, a line, a colour",
        "Choose a picture of a drawing",
        "JPEG, PNG or WebP, up to 5 MB.",
        "A description",
        "Or say it in words",
        "There is nothing here yet. You could draw something, or use words.",
        "image/jpeg,image/png,image/webp",
        "js/draw.js",
    ),
    "photo": Way(
        "photo",
        PHOTO,
        "Photo",
        "Add a photo",
        "Take or choose a photo",
        "JPEG, PNG or WebP, up to 5 MB. Where and when it was taken is left out.",
        "A description",
        "Words to go with it",
        "There is nothing here yet. You could choose a photo, or use words.",
        "image/jpeg,image/png,image/webp",
        "js/photo.js",
    ),
}
