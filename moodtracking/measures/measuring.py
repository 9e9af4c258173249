"""The deeds of a client with a measure: open it, answer item by item, finish, correct. Each tap is kept at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import local_day
from koru.moments.turns import Turn
from koru.people.models import Person
from koru.safety.flags import Flag
from koru.safety.noticing import notice

from .instrument import Question
from .models import Assignment, Response
from .offering import cut_point_of
from .reading import before, change_of
from .reminders import replan
from .scoring import score
from .standing import standing_of
from .stopping import close_left


class CannotMeasure(ValueError):
    """It stays as it is."""


class NotNow(CannotMeasure):
    """It isn't asked today."""


class NothingAnswered(CannotMeasure):
    """There is no answer yet to finish with."""


class Closed(CannotMeasure):
    """It was closed before, here or elsewhere."""


class NotOnTheScale(CannotMeasure):
    """An item or a value that this measure hasn't got."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an answer: `kept` False when the form was closed before. `flags` raised by `item`."""

    response: Response
    kept: bool
    flags: tuple[Flag, ...] = ()
    item: str = ""


@neither
@transaction.atomic
def begin(slug: str, *, by: Person, key: UUID, one_by_one: bool = False) -> Response:
    """Open a measure that is due. A second tab, device or tap finds the one that is open. Raises NotNow."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    now = timezone.now()
    close_left(now, only=by)
    mine = Response.objects.written_by(by).filter(measure=slug)
    found = mine.open().first() or mine.filter(key=key).first()
    if found:
        return found
    asked = standing_of(by, now).of(slug)
    if asked is None or not asked.is_due or asked.window is None:
        raise NotNow
    fresh = _opened(Assignment.objects.get(pk=asked.id, client=by), by, key, now)
    fresh.version, fresh.language = asked.measure.version, asked.measure.language
    fresh.asked_on, fresh.one_by_one = asked.window.asked, one_by_one
    fresh.save()
    return fresh


@neither
@transaction.atomic
def show(response_id: UUID, *, by: Person, one_by_one: bool) -> None:
    """One item a page from now on, or all of them at once."""
    Response.objects.written_by(by).open().filter(pk=response_id).update(one_by_one=one_by_one)


@neither
def answer(response_id: UUID, item: str, value: int | None, *, by: Person) -> Told:
    """Keep one answer, or take it back with None. As `answer_all`."""
    return answer_all(response_id, {item: value}, by=by)


@neither
@transaction.atomic
def answer_all(response_id: UUID, values: Mapping[str, int | None], *, by: Person, turn: Turn | None = None) -> Told:
    """Keep some answers, or take back those that are None. What has to be noticed is noticed in the same transaction,
    also when the form was closed meanwhile: no such answer is met with silence; nor one that was
    overtaken on its way, which changes no answer. Raises NotOnTheScale.
    """
    row: Response = Response.objects.written_by(by).select_for_update().get(pk=response_id)
    questions = [_question(row, item, value) for item, value in values.items()]
    given = row.given
    new = [one for one in questions if values[one.key] != given.get(one.key)] if row.is_open else questions
    flags = {one.key: _noticed(row, one, values[one.key], by) for one in new}
    if row.is_open and (new or turn):
        _lay_over(row, values, turn)
        row.save(update_fields=["answers", "taps", "turn"])
    first = next((item for item, raised in flags.items() if raised), "")
    return Told(row, row.is_open, flags.get(first, ()), first)


@neither
@transaction.atomic
def finish(response_id: UUID, *, by: Person) -> Told:
    """Close and score it, by the version it was opened with. Twice is once. Raises NothingAnswered or Closed."""
    row: Response = Response.objects.written_by(by).select_for_update().get(pk=response_id)
    if row.state == Response.State.COMPLETED:
        return Told(row, kept=True)
    if not row.is_open:
        raise Closed
    if not row.given:
        raise NothingAnswered
    _close(row, by, timezone.now())
    flags = _noticed_total(row, by)
    replan(by)
    return Told(row, kept=True, flags=flags)


@neither
@transaction.atomic
def correct(response_id: UUID, *, by: Person, key: UUID) -> Response:
    """A new filling-in over a completed one, which stays as it is. Items that are noticed are asked afresh.

    Raises NotNow on the day of a session and the one after: nothing is asked then.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    close_left(timezone.now(), only=by)
    old: Response = Response.objects.written_by(by).completed().get(pk=response_id)
    mine = Response.objects.written_by(by).filter(measure=old.measure)
    found = mine.open().first() or mine.filter(key=key).first()
    if found:
        return found
    if standing_of(by, timezone.now()).is_quiet:
        raise NotNow
    fresh = _opened(old.assignment, by, key, timezone.now())
    fresh.version, fresh.form, fresh.language = old.version, old.form, old.language
    fresh.asked_on, fresh.corrects = old.asked_on, old
    fresh.answers = {item: value for item, value in old.given.items() if not old.definition.by_key[item].noticed}
    fresh.save()
    return fresh


def _opened(assignment: Assignment, client: Person, key: UUID, now: datetime) -> Response:
    return Response(
        client=client, assignment=assignment, measure=assignment.measure, form=assignment.form, key=key, started_at=now,
        threshold=assignment.threshold, zone=client.zone, local_date=local_day(now, ZoneInfo(client.zone), client.day_starts),
        answers={}, taps=[],
    )  # fmt: skip


def _lay_over(row: Response, values: Mapping[str, int | None], turn: Turn | None) -> None:
    if turn and turn.is_overtaken_by(row.turn):
        return
    row.answers = {item: value for item, value in {**row.given, **values}.items() if value is not None}
    row.turn = str(turn or row.turn)


def _question(row: Response, item: str, value: int | None) -> Question:
    question = row.definition.by_key.get(item)
    if question is None or not (value is None or question.allows(value)):
        raise NotOnTheScale(item)
    return question


def _noticed(row: Response, question: Question, value: int | None, by: Person) -> tuple[Flag, ...]:
    if not question.noticed:
        return ()
    row.taps = [*(row.taps or []), {"item": question.key, "value": value, "at": timezone.now().isoformat()}]
    if value is None:
        return ()
    return notice(by, {f"{row.measure}.item.{question.key}": value}, about=row.pk, by=by)


def _close(row: Response, client: Person, now: datetime) -> None:
    told = score(row.definition, row.given, threshold=row.threshold, cut_point=cut_point_of(row.measure))
    row.state, row.closed_at, row.zone = Response.State.COMPLETED, now, client.zone
    row.local_date = row.corrects.local_date if row.corrects else local_day(now, ZoneInfo(client.zone), client.day_starts)
    row.total, row.band, row.answered, row.prorated = told.total, told.band, told.answered, told.prorated
    row.save()


def _noticed_total(row: Response, by: Person) -> tuple[Flag, ...]:
    """The total, its change and the total before as facts, as far as they can be told."""
    if row.total is None:
        return ()
    facts: dict[str, float] = {f"{row.measure}.total": row.total}
    earlier = before(row)
    changed = change_of(row, earlier)
    if earlier and earlier.total is not None and changed.points is not None:
        facts |= {f"{row.measure}.change": changed.points, f"{row.measure}.before": earlier.total}
    return notice(by, facts, about=row.pk, by=by)
