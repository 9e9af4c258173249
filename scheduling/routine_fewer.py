"""Fewer notes about a routine, by the link under one: three days a week, then two, then one. Its page names the days."""

from koru.reminders.less_often import Less
from koru.reminders.models import Letter

from .models import Routine
from .routine_day import hold
from .routine_notes import replan

TIMES = {1: "once a week", 2: "twice a week", 3: "three times a week"}


def fewer(days: list[int]) -> list[int]:
    """The same week with a day less, the days that stay as far apart as they can be; one stays. Pure."""
    return days[::2] if len(days) > 1 else days


def _routine_of(letter: Letter) -> Routine | None:
    active = Routine.objects.filter(pk=letter.about, client=letter.to_id, place__isnull=False)
    return active.exclude(remind_at=None).first()


def _now(letter: Letter) -> str:
    routine = _routine_of(letter)
    return TIMES.get(len(routine.remind_days), "") if routine else ""


def _rarer(letter: Letter) -> str:
    routine = _routine_of(letter)
    return TIMES[len(fewer(routine.remind_days))] if routine and len(routine.remind_days) > 1 else ""


def _take(letter: Letter) -> None:
    """In the transaction of whoever asks for it."""
    if letter.to is None:
        return
    hold(letter.to)
    routine = _routine_of(letter)
    if routine and len(routine.remind_days) > 1:
        routine.remind_days = fewer(routine.remind_days)
        routine.save(update_fields=["remind_days"])
        replan(routine, "less often")


LESS = Less(_now, _rarer, _take)
