"""A word for a week, and a moment in which it could show: its client's alone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import local_day
from koru.people.models import Person

from .models import RoutineChoice, WeekWord
from .routine_week import monday_of, word_is_asked


@neither
@transaction.atomic
def say_word(word: str, moment: str, *, by: Person) -> None:
    """For the week that is asked about, or this one. Said again it takes the place of the first; without a word it is gone."""
    now = timezone.now()
    week = week_to_say(by, asks_on_of(by), now)
    said = WeekWord.objects.select_for_update().filter(client=by, week=week).first() or WeekWord(client=by, week=week)
    if not word:
        WeekWord.objects.filter(client=by, week=week).delete()
        return
    said.word, said.moment, said.at = word, moment, now
    said.save()


@neither
@transaction.atomic
def ask_for_word(on: int | None, *, by: Person) -> None:
    """On which day the first page asks for it; None for never."""
    RoutineChoice.objects.update_or_create(client=by, defaults={"asks_on": on})


def week_to_say(client: Person, asks_on: int | None, now: datetime) -> date:
    """The Monday of the week that a word would be for now: on the evening before it, the one to come."""
    zone = ZoneInfo(client.zone)
    today, wall = local_day(now, zone, client.day_starts), now.astimezone(zone).time()
    return word_is_asked(asks_on, today, wall, client.day_starts) or monday_of(today)


def asks_on_of(client: Person) -> int | None:
    return RoutineChoice.objects.filter(client=client).values_list("asks_on", flat=True).first()
