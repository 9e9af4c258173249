"""What pages send by themselves while somebody types or taps: no form on any page shows it."""

import re
from uuid import UUID

WORDS = ("key", "revision", "title", "text", "prompt", "about", "share")
BY_SCRIPT: dict[str, dict[str, tuple[str, ...]]] = {
    "visitor": {"/texts/heard/": ("from", "text"), "/demo/texts/answer/": ("from", "text")},  # the first: a provider
    "client": {
        "/journal/draft/": WORDS,
        "/drafts/key/": (),
        "/check-in/tap/": ("key", "mood", "note", "note_share", "tags", "own_tags", "clock"),
        "/measures/phq-9/tap/": ("fill", "item-1", "item-9"),
        "/waiting/let-go/": ("parked",),
        "/safety-plan/draft/": ("key", "base", "revision", "signs-0-words", "people-0-phone"),
        "/safety-plan/share-last-part/": (),
        "/goodbye/come-back/": (),  # on the page of a goodbye that is over
        "/sessions/book/later/": ("kind", "with", "place"),
        "/safety-plan/looked-through/": ("from",),
        "/connection/after/{client}/typed/": ("key", "revision", "heard", "words", "words_to"),
    },
    "therapist": {
        "/care/{client}/plan/items/typed/": ("key", "revision", "words", "scale"),
        "/care/{client}/plan/practices/typed/": ("key", "revision", "sentence", "practice", "moment"),
        "/care/{client}/plan/write/typed/": ("key", "revision", "question", "prompt", "guide"),
        "/care/{client}/safety-plan/draft/": ("key", "base", "revision", "signs-0-words", "people-0-phone"),
        "/care/{client}/notes/typed/": ("key", "revision", "words", "asks", "for_handover"),
        "/care/{client}/notes/changed/": ("key", "revision", "words", "asks", "for_handover", "note"),
        "/care/{client}/ending/letter/typed/": ("key", "revision", "words"),
    },
}
AN_ID = re.compile(r"[0-9a-f-]{36}")


def scripts(role: str, client: UUID) -> dict[str, tuple[str, ...]]:
    """Paths and names of fields of what is sent for somebody of that role."""
    return {path.format(client=client): names for path, names in BY_SCRIPT.get(role, {}).items()}


def is_script(path: str) -> bool:
    return any(AN_ID.sub("{client}", path) in paths for paths in BY_SCRIPT.values())
