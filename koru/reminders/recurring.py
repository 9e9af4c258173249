"""The note at a time of the client's own choice: planned one ahead, every other day at most, resting after five unanswered."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from koru.moments.walltime import instant_of

from .kinds import kind
from .models import Letter, OptOut, Preferences
from .planning import Plan, Recipient, plan
from .quick_links import PLACE

KIND = "check-in"
EVERY = timedelta(days=2)  # three a week is the ceiling: this spreads them evenly
ROOM_AGAIN = timedelta(days=3)  # after notes on every other day, at most three of any seven
USEFUL = timedelta(hours=3)
PATH, SETTINGS = f"/check-in/quick/{PLACE}/", "/settings/"


def plan_check_ins() -> int:
    """Plan the next note of everybody who chose one and has none ahead; let those rest where five stay unanswered.

    Safe to run twice, and by two beats: the dedupe key is the day's. How many were planned or laid to rest.
    """
    ahead = Letter.objects.filter(to=OuterRef("person"), kind=KIND, due_at__gt=Now(), withdrawn_at=None)
    stopped = OptOut.objects.filter(person=OuterRef("person"), kind=KIND)
    wanting = Preferences.objects.filter(~Exists(ahead), ~Exists(stopped), person__is_active=True, check_in_rests_since=None)
    chosen = list(wanting.exclude(check_in_at=None).select_related("person"))
    people = [one.pk for one in chosen]
    unanswered, latest = _unanswered(people), _latest(people)
    now = timezone.now()
    for one in chosen:
        if unanswered.get(one.pk, 0) >= kind(KIND).pauses_after:
            _rest(one, latest[one.pk])
    plan(_next(one, latest.get(one.pk), now) for one in chosen if one.check_in_rests_since is None)
    return len(chosen)


def next_day(at: time, zone: ZoneInfo, now: datetime, latest: datetime | None) -> date:
    """The first local day whose clock time is ahead, two days or more after the latest note."""
    day = now.astimezone(zone).date()
    if instant_of(day, at, zone) <= now:
        day += timedelta(days=1)
    return max(day, latest.astimezone(zone).date() + EVERY) if latest else day


def _next(chosen: Preferences, latest: datetime | None, now: datetime) -> Plan:
    person, at = chosen.person, chosen.check_in_at or time()
    zone = ZoneInfo(person.zone)
    day = next_day(at, zone, now, latest)
    due = instant_of(day, at, zone)
    return Plan(
        kind=KIND,
        to=Recipient.of(person),
        about=day_of(person.pk, day),
        due_at=due,
        not_after=due + USEFUL,
        offset=f"{at:%H%M}",
        context={"path": PATH},
    )


def day_of(person: UUID, day: date) -> UUID:
    """What the note of one day is about."""
    return uuid5(person, f"{KIND} {day.isoformat()}")


def _unanswered(people: Iterable[UUID]) -> dict[UUID, int]:
    """How many notes each of them got since they last checked in or chose a time."""
    answered = F("to__preferences__check_in_answered_at")
    since = Q(to__preferences__check_in_answered_at=None) | Q(sent_at__gt=answered)
    rows = Letter.objects.filter(since, to__in=people, kind=KIND, sent_at__isnull=False)
    return dict(rows.values_list("to").annotate(Count("pk")))


def _latest(people: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = Letter.objects.filter(to__in=people, kind=KIND, withdrawn_at=None)
    return dict(rows.values_list("to").annotate(Max("due_at")))


@transaction.atomic
def _rest(chosen: Preferences, latest: datetime) -> None:
    """No more notes until the client turns them on again; one letter says so, when the ceiling has room for it again."""
    chosen.check_in_rests_since = timezone.now()
    chosen.save(update_fields=["check_in_rests_since"])
    about = uuid5(chosen.pk, f"paused {chosen.check_in_rests_since.isoformat()}")
    due = max(latest + ROOM_AGAIN, timezone.now() + timedelta(minutes=1))
    plan([Plan("paused", Recipient.of(chosen.person), about, due_at=due, context={"path": SETTINGS})])
