"""One filled-in measure as a therapist reads it: the sentence, each item, and what was left open (clinical.md 4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404

from koru.privacy.door import Record
from koru.ui.times import short_day, spoken_time
from moodtracking.measures.comparing import Change, is_recovery
from moodtracking.measures.models import Brought, Response
from moodtracking.measures.reading import before, change_of, first_like, result_of
from moodtracking.measures.scoring import Score, left_open, score
from moodtracking.measures.words import Reading, sentence


@dataclass(frozen=True, slots=True)
class ItemTold:
    """One item: its words, the answer, and what it was the time before when that differs by two or more."""

    key: str
    text: str
    answer: str
    value: int | None
    was: int | None


@dataclass(frozen=True, slots=True)
class MeasureView:
    row: Response
    sentence: str
    since_first: str
    recovered: bool
    score: Score
    items: tuple[ItemTold, ...]
    taps: tuple[tuple[str, str, str], ...]
    corrected: Response | None
    is_brought: bool

    @property
    def title(self) -> str:
        return self.row.title


def measure_view(record: Record, response_id: UUID) -> MeasureView:
    """Read while the record is open; leaves its trace. Raises Http404 for one that isn't open to this reader."""
    rows = Response.objects.readable_in(record).closed().select_related("corrects")
    row = get_object_or_404(rows, pk=response_id)
    record.looked_at("measure", row.pk)
    earlier = before(row)
    return MeasureView(
        row=row,
        sentence=said(row, earlier, change_of(row, earlier)),
        since_first=since_first(row, earlier),
        recovered=is_recovery(result_of(earlier) if earlier else None, result_of(row), row.definition),
        score=score(row.definition, row.given, threshold=row.threshold),
        items=tuple(items_of(row, earlier)),
        taps=taps_of(row, ZoneInfo(record.client.zone)),
        is_brought=Brought.objects.filter(response=row, client=record.client).exists(),
        corrected=Response.objects.readable_in(record).completed().filter(corrects=row).first(),
    )


def said(row: Response, earlier: Response | None, change: Change) -> str:
    """As the brief says it: "PHQ-9 11 (moderate), 6 lower than 21 Oct: more than noise (bound 6)." """
    if row.state == Response.State.STOPPED:
        return f"{row.title}: begun on {short_day(row.local_date)} and left open, no total."
    told = Reading(
        measure=row.definition,
        total=row.total,
        band=row.band,
        answered=row.answered,
        open_items=left_open(row.definition, row.given),
        change=change,
        since=day_of(earlier),
        day=day_of(row),
        form=row.form,
    )
    return sentence(told, item9=row.given.get("9") if row.measure == "phq-9" else None)


def since_first(row: Response, earlier: Response | None) -> str:
    """The change since the first one like it, when that isn't the one before."""
    first = first_like(row)
    if first is None or (earlier and first.pk == earlier.pk):
        return ""
    change = change_of(row, first)
    if change.points is None:
        return ""
    way = "the same as" if not change.points else f"{abs(change.points)} {'lower' if change.points < 0 else 'higher'} than"
    weight = "more than noise" if change.is_reliable else "within noise"
    return f"Since the first one: {way} {day_of(first)}{f', {weight}' if row.definition.reliable else ''}."


def items_of(row: Response, earlier: Response | None) -> list[ItemTold]:
    """Each item as it was asked. What changed by two or more is marked."""
    given = row.given
    old = earlier.given if earlier and result_of(earlier).is_like(result_of(row)) else {}
    told = []
    for item in row.definition.items:
        value = given.get(item.key)
        was = old.get(item.key)
        moved = value is not None and was is not None and abs(value - was) >= 2
        words = item.word(value) if value is not None else "Left open"
        told.append(ItemTold(item.key, item.text, words, value, was if moved else None))
    return told


def taps_of(row: Response, zone: ZoneInfo) -> tuple[tuple[str, str, str], ...]:
    """What was answered to the items that are noticed, when one of them was changed: item, words and time."""
    taps = row.taps or []
    changed = {tap["item"] for tap in taps if sum(other["item"] == tap["item"] for other in taps) > 1}
    return tuple((tap["item"], words_of(row, tap), time_of(tap, zone)) for tap in taps if tap["item"] in changed)


def words_of(row: Response, tap: dict[str, int | str | None]) -> str:
    value = tap["value"]
    return row.definition.by_key[str(tap["item"])].word(value) if isinstance(value, int) else "taken back"


def time_of(tap: dict[str, str], zone: ZoneInfo) -> str:
    return spoken_time(datetime.fromisoformat(tap["at"]).astimezone(zone))


def day_of(row: Response | None) -> str:
    """ "21 Oct" """
    return short_day(row.local_date).partition(" ")[2] if row else ""
