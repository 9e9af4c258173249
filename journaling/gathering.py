"""Gathering one's own words for the keepsake: chosen one by one, an entry or paragraphs of it, read as they are now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from koru.moments.directions import neither
from koru.people.models import Person

from .carrying import Carried, CarriedStep, Range, carried
from .keepsakes import MOST, Keepsake, KeepsakePart, KeepsakeWords
from .models import Entry
from .passages import Paragraph, paragraphs

WHOLE = "all"
AS_THEY_ARE = Range(date.min, date.max)


class TooManyChosen(ValueError):
    """More entries than a keepsake holds."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """An entry that goes in. `told` is what was chosen of it, as it reads now.

    `changed`: something that was chosen has other words by now, and so is not in it until it is chosen again.
    """

    entry_id: UUID
    entry: Carried
    told: tuple[CarriedStep, ...]
    whole: bool
    changed: bool = False

    @property
    def title(self) -> str:
        """Nothing around a paragraph goes with it, not even the title."""
        return self.entry.title if self.whole else ""


def left_out_of(client: Person) -> frozenset[str]:
    """The parts that stay out."""
    return frozenset(Keepsake.objects.filter(client=client).values_list("left_out", flat=True).first() or ())


@neither
@transaction.atomic
def leave_out(parts: Iterable[str], *, by: Person) -> Keepsake:
    """These parts stay out, all others go in."""
    wanted = set(parts)
    kept, _ = Keepsake.objects.update_or_create(
        client=by, defaults={"left_out": [one.value for one in KeepsakePart if one in wanted]}
    )
    return kept


@neither
@transaction.atomic
def choose(entry: Entry, names: Sequence[str], *, by: Person) -> None:
    """What of an entry goes in: WHOLE, or paragraphs by their names; nothing takes it out. Raises TooManyChosen, Http404."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    held = get_object_or_404(Entry.objects.written_by(by).select_for_update(no_key=True), pk=entry.pk)
    row = KeepsakeWords.objects.filter(entry=held).first()
    if not names:
        KeepsakeWords.objects.filter(entry=held).delete()
        return
    parts = None if WHOLE in names else list(names)
    if row is None and KeepsakeWords.objects.of(by).count() >= MOST:
        raise TooManyChosen
    if row is None:
        KeepsakeWords.objects.create(client=by, entry=held, parts=parts)
    elif row.parts != parts:
        row.parts = parts
        row.save(update_fields=["parts"])


def chosen_of(entry: Entry) -> list[str]:
    """The names that are ticked for an entry now: WHOLE, or those of its paragraphs that still read as they did."""
    row = KeepsakeWords.objects.filter(entry=entry).first()
    if row is None:
        return []
    return [WHOLE] if row.parts is None else [one.name for one in standing(entry.text, row.parts)]


def chosen_among(client: Person, entries: Iterable[UUID]) -> dict[UUID, bool]:
    """Of these entries, those that go in: whether all of each."""
    rows = KeepsakeWords.objects.of(client).filter(entry__in=list(entries))
    return {row.entry_id: row.parts is None for row in rows}


def standing(text: str, names: Iterable[str]) -> list[Paragraph]:
    """The paragraphs of a text that were chosen, wherever they stand by now. Words that changed are not among them. Pure."""
    prints = {_print_of(name) for name in names}
    return [one for one in paragraphs(text) if _print_of(one.name) in prints]


def gathered(client: Person) -> list[Gathered]:
    """All that was chosen, in the order in which it was lived. As many questions, however many there are."""
    rows = {row.entry_id: row.parts for row in KeepsakeWords.objects.of(client).order_by("chosen_at", "id")[:MOST]}
    ids = list(Entry.objects.written_by(client).filter(pk__in=rows).order_by("at", "id").values_list("pk", flat=True))
    told = carried(client, ids, AS_THEY_ARE)
    return [_gathered(pk, entry, rows[pk]) for pk, entry in zip(ids, told, strict=True)]


def _gathered(entry_id: UUID, entry: Carried, names: Sequence[str] | None) -> Gathered:
    if names is None:
        return Gathered(entry_id, entry, entry.told, whole=True)
    there = standing(entry.text, names)
    lost = {_print_of(name) for name in names} - {_print_of(one.name) for one in there}
    return Gathered(entry_id, entry, tuple(CarriedStep("", one.text) for one in there), whole=False, changed=bool(lost))


def _print_of(name: str) -> str:
    """What a paragraph's name says of its words, without where it stood."""
    return name.partition("-")[2]
