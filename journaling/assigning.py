"""What a therapist chooses for one client to write about; the client may say "Not this one", either may end it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing

from . import library
from .assigned import Assigned, Depth
from .catalogue import TENDER
from .chosen import LOOK_INSIDE, MINUTES, depth_of, guide_minutes, under

AT_ONCE = 5


class CannotAssign(ValueError):
    """The words say why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A prompt or guide by its slug, or a question in words."""

    kind: str
    named: str = ""
    question: str = ""


@neither
@transaction.atomic
def assign(choice: Choice, *, record: Record, key: UUID, by: Person) -> Assigned:
    """Choose something for a client to write about: it is offered first, once. The same key twice is one.

    Raises CannotAssign when it is unknown or open already, tender without being turned on, or five are open.
    """
    _therapist(record, by)
    Person.objects.select_for_update(no_key=True).filter(pk=record.client.pk).first()
    before: Assigned | None = Assigned.objects.of(record.client).filter(key=key).first()
    if before:
        return before
    _known(choice, depth_of(record.client))
    standing = Assigned.objects.of(record.client).open()
    if choice.named and standing.filter(named=choice.named).exists():
        raise CannotAssign("This one is chosen already, and waits to be written.")
    if standing.count() >= AT_ONCE:
        raise CannotAssign("Five wait to be written already. Take one back first.")
    return Assigned.objects.create(
        client=record.client, kind=choice.kind, named=choice.named, question=choice.question, assigned_by=by, key=key
    )


@narrows
@transaction.atomic
def take_back(assigned_id: UUID, *, record: Record, by: Person) -> bool:
    """Not asked any more. What was written stays. Whether there was something to take back."""
    _therapist(record, by)
    return _closed(Assigned.objects.of(record.client).open().filter(pk=assigned_id), "ended_at")


@narrows
@transaction.atomic
def decline(assigned_id: UUID, *, by: Person) -> bool:
    """The client's "Not this one". Whether there was something of theirs to decline."""
    return _closed(Assigned.objects.of(by).open().filter(pk=assigned_id), "declined_at")


@neither
@transaction.atomic
def done(slug: str, *, by: Person) -> bool:
    """What was chosen under this name (a prompt's, a guide's, a question's) has been written about."""
    return _closed(under(slug, Assigned.objects.of(by).open()), "done_at")


@neither
@transaction.atomic
def set_depth(ceiling: int, *, record: Record, by: Person) -> None:
    """How deep prompts may go for this client: at 3 the app may offer tender ones. Raises CannotAssign."""
    _therapist(record, by)
    if ceiling not in (1, LOOK_INSIDE, TENDER):
        raise CannotAssign("Pick one of the depths shown.")
    values = {"ceiling": ceiling, "set_by": by, "set_at": timezone.now()}
    Depth.objects.update_or_create(client=record.client, defaults=values)


def _closed(rows: "QuerySet[Any, Any]", when: str) -> bool:
    return bool(rows.order_by().update(**{when: timezone.now()}))


def _therapist(record: Record, by: Person) -> None:
    if record.standing is not Standing.THERAPIST or record.reader != by:
        raise CannotAssign("What is written about is chosen together with the therapist.")


def _known(choice: Choice, ceiling: int) -> None:
    shelf = library.load()
    if choice.kind == Assigned.Kind.QUESTION:
        if choice.named or not choice.question.strip():
            raise CannotAssign("Write the question.")
        return
    known = shelf.prompts if choice.kind == Assigned.Kind.PROMPT else shelf.guides
    if choice.question or choice.named not in known:
        raise CannotAssign("Pick one of those shown.")
    prompt = shelf.prompts.get(choice.named)
    if choice.kind == Assigned.Kind.PROMPT and prompt and prompt.depth > ceiling:
        raise CannotAssign("This one goes deep. Turn tender prompts on for this client first.")


def minutes_of(choice: Choice) -> float:
    """What it would take, once. Nothing for what isn't known: `assign` refuses that in words."""
    shelf = library.load()
    if choice.kind == Assigned.Kind.QUESTION:
        return MINUTES
    if choice.kind == Assigned.Kind.GUIDE:
        return guide_minutes(choice.named) if choice.named in shelf.guides else 0
    return shelf.prompts[choice.named].minutes if choice.named in shelf.prompts else 0
