"""What is chosen for a client to write about, as the offering and the plan read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from koru.people.models import Person
from koru.sealing.fields import SealedTextField, shown_blob

from . import library
from .assigned import QUESTION, Assigned, Depth
from .catalogue import Prompt

LOOK_INSIDE = 2  # the usual depth, and how deep a question in a therapist's own words is taken to go
MINUTES = 3
COLUMNS = ("id", "kind", "named", "question", "assigned_by__display_name")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One that is open: `prompt` is what would be asked, None for a guide; `by` the name of who chose it."""

    id: UUID
    kind: str
    slug: str
    title: str
    by: str
    prompt: Prompt | None

    @property
    def minutes(self) -> int:
        """What it takes, once. A guide takes as long as its prompts."""
        return self.prompt.minutes if self.prompt else guide_minutes(self.slug)


def depth_of(client: Person) -> int:
    """How deep prompts may go: as set, or the usual depth."""
    return Depth.objects.filter(client=client).values_list("ceiling", flat=True).first() or LOOK_INSIDE


def about_assigned(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What the offering asks: the open ones, and how deep prompts may go."""
    return Assigned.objects.of(client).open().values_list(*COLUMNS), Depth.objects.filter(client=client).values_list("ceiling")


def assigned_to(client: Person) -> list[Chosen]:
    """The open ones, the oldest first. One query."""
    return chosen_from(Assigned.objects.of(client).open().values_list(*COLUMNS), client.pk)


def chosen_from(rows: Iterable[Any], client: UUID) -> list[Chosen]:
    """The same by the answer to the first of `about_assigned`. What the library doesn't know any more is left out."""
    found = (_chosen(row, client) for row in rows)
    return [one for one in found if one is not None]


def _chosen(row: Any, client: UUID) -> Chosen | None:
    ident, kind, named, blob, by = row
    shelf = library.load()
    if kind == Assigned.Kind.GUIDE:
        guide = shelf.guides.get(named)
        return Chosen(ident, kind, named, guide.title, by, None) if guide else None
    prompt = shelf.prompts.get(named) if named else _asked(ident, _words(ident, blob, client))
    return Chosen(ident, kind, prompt.slug, prompt.text, by, prompt) if prompt else None


def _words(ident: UUID, blob: bytes, client: UUID) -> str:
    field = Assigned._meta.get_field("question")
    if not isinstance(field, SealedTextField):
        raise TypeError("questions are sealed")
    return shown_blob(bytes(blob), field.place_of(ident, client))


def _asked(ident: UUID, words: str) -> Prompt:
    """A therapist's question as a prompt. Asked whenever it suits, whatever the phase."""
    return Prompt(slug=f"{QUESTION}{ident}", phase="between", theme="alliance", text=words, depth=LOOK_INSIDE, minutes=MINUTES)


def prompt_named(slug: str, client: Person) -> Prompt | None:
    """The prompt of that name: of the library, or a question that this client's therapist once wrote. None for any other."""
    if not slug.startswith(QUESTION):
        return library.load().prompts.get(slug)
    row = under(slug, Assigned.objects.of(client)).first()
    return _asked(row.pk, row.question) if row else None


def guide_minutes(slug: str) -> int:
    """The minutes of a guide: those of its prompts, the first of each choice."""
    shelf = library.load()
    return sum(shelf.prompts[step.prompts[0]].minutes for step in shelf.guides[slug].steps if step.prompts)


def under(slug: str, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Those of the rows that were chosen under this name: a prompt's, a guide's, a question's."""
    if not slug.startswith(QUESTION):
        return rows.filter(named=slug) if slug else rows.none()
    try:
        return rows.filter(pk=UUID(slug.removeprefix(QUESTION)), kind=Assigned.Kind.QUESTION)
    except ValueError:
        return rows.none()
