"""A word for a week, and a moment in which it could show: its client's alone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import local_day
from koru.people.models import Person

from .models import RoutineChoice, WeekWord
from .routine_week import week_of_word
from .week_notes import not_needed


@neither
@transaction.atomic
def say_word(word: str, moment: str, *, by: Person) -> None:
    """For the week that is asked about, or this one. Said again it takes the place of the first; without a word it is gone."""
    now, choice = timezone.now(), choice_of(by)
    week = week_to_say(by, choice, now)
    said = WeekWord.objects.select_for_update().filter(client=by, week=week).first() or WeekWord(client=by, week=week)
    if not word:
        WeekWord.objects.filter(client=by, week=week).delete()
        return
    said.word, said.moment, said.at = word, moment, now
    said.save()
    not_needed(by, lambda due: week_to_say(by, choice, due) == week)


@neither
@transaction.atomic
def ask_for_word(on: int | None, *, by: Person) -> None:
    """On which day the first page asks for it; None for never."""
    RoutineChoice.objects.update_or_create(client=by, defaults={"asks_on": on})


def week_to_say(client: Person, choice: RoutineChoice, at: datetime) -> date:
    """The Monday of the week that a word would be for then: on the evening before it, the one to come."""
    zone = ZoneInfo(client.zone)
    today, wall = local_day(at, zone, client.day_starts), at.astimezone(zone).time()
    return week_of_word(choice.asks_on, (choice.note_on, choice.note_at), today, wall, client.day_starts)


def choice_of(client: Person) -> RoutineChoice:
    """As chosen, or the defaults (unsaved)."""
    return RoutineChoice.objects.filter(client=client).first() or RoutineChoice(client=client)
