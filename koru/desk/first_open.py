"""The first open times as buttons, for somebody who is on the phone: a choice of days, not of one morning."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from django.http import QueryDict

from koru.moments.spans import Span
from scheduling.choosing import Clock, Slot
from scheduling.open_times import Wish, open_times

COUNT, A_DAY = 6, 2
SOON, LATER = timedelta(days=14), timedelta(days=90)


def first_open(wish: Wish, clock: Clock, now: datetime) -> list[Slot]:
    """The next few, two of a day at most, by day and time; of two weeks, else of three months."""
    found = open_times(wish, Span(now, now + SOON), now=now) or open_times(wish, Span(now, now + LATER), now=now)
    days: Counter[object] = Counter()
    slots: list[Slot] = []
    for start in sorted({one.start for one in found}):
        slot = clock.slot(start)
        days[slot.day] += 1
        if days[slot.day] <= A_DAY:
            slots.append(replace(slot, time=clock.short_words(start)))
    return slots[:COUNT]


def pressed(data: QueryDict) -> QueryDict:
    """A form that was sent by the button of a time: that time is the one meant, whatever else is ticked."""
    if "first" not in data:
        return data
    said = data.copy()
    said["start"] = data.get("first", "")
    return said
