"""Forms of the journal: they keep what was typed and say what is wrong; the deeds are elsewhere."""

from typing import Any, TypedDict
from uuid import UUID

from django import forms

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices

from . import library
from .assigned import QUESTION
from .drafts import Unfinished
from .sharing import LEVELS, ONLY_ME
from .writing import Written

LONGEST = 100_000
EMPTY = "There is nothing written yet."
TOO_LONG = (
    "This is longer than one entry can hold (100,000 characters). "
    "Nothing is lost: it is saved as a draft, split it where it suits you."
)


class Sent(TypedDict):
    key: UUID
    revision: int


class WordsForm(KoruForm):
    """A title, if wanted, and the text."""

    keyed = True
    title = forms.CharField(max_length=200, required=False, label="A title")
    text = forms.CharField(
        max_length=LONGEST,
        strip=False,
        label="Your words",
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "true", "rows": 12}),
        error_messages={"required": EMPTY, "max_length": TOO_LONG},
    )
    revision = forms.IntegerField(min_value=0, required=False, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["text"].widget.attrs["maxlength"]  # a browser would cut pasted text without a word

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if self.fields["text"].required and not text.strip():
            raise forms.ValidationError(EMPTY, code="required")
        return text

    @property
    def sent(self) -> Sent:
        """Which form it is, and what it had last seen saved."""
        return {"key": self.cleaned_data["key"], "revision": self.cleaned_data.get("revision") or 0}

    def unfinished(self, about: UUID | None = None) -> Unfinished:
        """What was typed, as a draft, whether or not it is ready to be kept."""
        done = self.cleaned_data
        return Unfinished(
            key=done["key"],
            revision=done.get("revision") or 0,
            title=str(self["title"].data or ""),
            text=str(self["text"].data or ""),
            prompt=done.get("prompt", ""),
            about=about,
            share=done.get("share") or ONLY_ME,
        )


class SharingForm(KoruForm):
    """Who may read it: three radios, each with a sentence that names the reader."""

    share = forms.ChoiceField(label="Who may read this?", choices=(), initial=ONLY_ME, widget=Choices)

    def __init__(self, *args: Any, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_levels(self.fields["share"], readers)


class WritingForm(WordsForm):
    """A new entry. Each begins at "Only me"; the level used last is not remembered."""

    prompt = forms.SlugField(required=False, widget=forms.HiddenInput)
    share = forms.ChoiceField(label="Who may read this?", choices=(), initial=ONLY_ME, widget=Choices)

    def __init__(self, *args: Any, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_levels(self.fields["share"], readers)

    def clean_prompt(self) -> str:
        """A prompt that isn't in the library is none: the words are kept without it. A therapist's is looked up as it is kept."""
        slug = str(self.cleaned_data["prompt"])
        return slug if slug in library.load().prompts or slug.startswith(QUESTION) else ""

    @property
    def written(self) -> Written:
        done = self.cleaned_data
        return Written(text=done["text"], title=done["title"], prompt=done["prompt"], share=done["share"])


class DraftForm(WordsForm):
    """Unfinished words on their way to the server: any length, any state."""

    text = forms.CharField(required=False, strip=False)
    title = forms.CharField(required=False, strip=False, max_length=2000)
    prompt = forms.CharField(required=False, max_length=60)
    about = forms.UUIDField(required=False)
    share = forms.ChoiceField(required=False, choices=[(level, level) for level in LEVELS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        KoruForm.__init__(self, *args, **kwargs)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"])


def offer_levels(field: forms.Field, readers: str) -> None:
    """Fill the radios: labels of the library, the hint under each naming who reads."""
    if not isinstance(field, forms.ChoiceField):
        raise TypeError("levels are offered as a choice")
    words = library.load().words.sharing
    hints = {level: said.hint.format(readers=readers) for level, said in words.items()}
    field.choices = [(level, said.label) for level, said in words.items()]
    field.widget = Choices(choices=field.choices, hints=hints)
