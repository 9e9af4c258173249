"""What the page of what went together shows: at most three questions, and what was around to look for oneself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from koru.privacy.door import Record

from .chart import Chart, chart_of
from .codes import code
from .lines import Line, line_of
from .looking_back import AT_LEAST, asked_in, sessions_held, span_over
from .ranges import Range
from .setting_aside import aside_of
from .tagged import Tagged, tagged_in
from .together import Found, Pair, Sides, found, pairs_of, sides
from .trends import DayValue

Tag = tuple[str, frozenset[date]]


@dataclass(frozen=True)
class Question:
    """One pair as it is asked, and the code by which it is set aside."""

    pair: Pair
    code: str


@dataclass(frozen=True)
class Around:
    """Something that was around, on how many days."""

    code: str
    word: str
    count: int


@dataclass(frozen=True)
class Look:
    """One line with the days picked out on which it was around. `sides` is None where too few days tell."""

    line: Line
    code: str
    chart: Chart
    sides: Sides | None
    count: int


@dataclass(frozen=True)
class Noticed:
    first: date
    last: date
    questions: tuple[Question, ...]
    looked_at: int
    aside: int
    around: tuple[Around, ...]
    chosen: Around | None
    looks: tuple[Look, ...]


def noticed(record: Record, chosen: Range, asked: str) -> Noticed:
    """Four queries: check-ins, sessions and what was set aside. `asked` is the code of a tag to look at."""
    client, last = record.client, chosen.last
    tagged = tagged_in(record, span_over(client, chosen))
    first = max(chosen.begins, min([last - AT_LEAST, *tagged.told]))
    lines = {line_of(item): tagged.days[item.key] for item in asked_in(client, tagged.days)}
    aside = aside_of(client)
    by_code = {code(client.pk, key): tag for key, tag in tagged.tags.items()}
    shown = _found(record, tagged, lines, aside)
    around = {known: Around(known, word, len(days)) for known, (word, days) in by_code.items()}
    looks = _looks(record, lines, by_code[asked], tagged, (first, last)) if asked in by_code else ()
    return Noticed(
        first=first,
        last=last,
        questions=tuple(Question(pair, _code(record, pair)) for pair in shown.pairs),
        looked_at=shown.looked_at,
        aside=len(aside),
        around=tuple(around.values()),
        chosen=around.get(asked),
        looks=tuple(looks),
    )


def _found(record: Record, tagged: Tagged, lines: dict[Line, list[DayValue]], aside: frozenset[str]) -> Found:
    values = {line: {one.day: one.value for one in days} for line, days in lines.items()}
    pairs = pairs_of(values, tagged.tags, tagged.told)
    return found(pairs, lambda pair: _code(record, pair) in aside)


def _code(record: Record, pair: Pair) -> str:
    """The same whichever of the two is named first."""
    return code(record.client.pk, "\n".join(sorted(pair.keys)))


def _looks(
    record: Record, lines: dict[Line, list[DayValue]], tag: Tag, tagged: Tagged, edges: tuple[date, date]
) -> Iterator[Look]:
    """Each line with the tag's days picked out."""
    sessions = sessions_held(record.client)
    around = {day: float(day in tag[1]) for day in tagged.told}
    for line, days in lines.items():
        on = [one for one in days if one.day in tag[1]]
        split = sides({one.day: one.value for one in days}, around)
        yield Look(line, code(record.client.pk, line.key), _chart(line, days, on, sessions, edges), split, len(on))


def _chart(
    line: Line, days: Sequence[DayValue], on: Sequence[DayValue], sessions: Sequence[date], edges: tuple[date, date]
) -> Chart:
    return chart_of(line, days, sessions, *edges, marked=on)
