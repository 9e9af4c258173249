"""The note at a time of the client's own choice: planned one ahead, some days apart, resting after five unanswered."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from koru.people.models import Person

from .kinds import kind
from .models import Letter, OptOut, Preferences
from .planning import Plan, Recipient, plan
from .quick_links import PLACE
from .recurring import Recurring, plan_next
from .rhythm import Rhythm

KIND = "check-in"
ROOM_AGAIN = timedelta(days=3)  # after notes on every other day, at most three of any seven
PATH, SETTINGS = f"/check-in/quick/{PLACE}/", "/settings/"


def plan_check_ins() -> int:
    """Plan the next note of everybody who chose one and has none ahead; let those rest where five stay unanswered.

    Safe to run twice, and by two beats: the dedupe key is the day's. How many were planned or laid to rest.
    """
    ahead = Letter.objects.filter(to=OuterRef("person"), kind=KIND, due_at__gt=Now(), withdrawn_at=None)
    return _plan(_wanting().filter(~Exists(ahead)))


def plan_check_ins_anew() -> int:
    """The same for everybody: what was planned by clock rules that have changed since comes at its time again."""
    return _plan(_wanting())


def replan_check_in(person: Person) -> None:
    """After a move to another zone. Call it in that deed's transaction."""
    _plan(_wanting().filter(person=person))


def note_of(person: UUID) -> UUID:
    """What the notes of one person are about."""
    return uuid5(person, KIND)


def _wanting() -> QuerySet[Preferences]:
    stopped = OptOut.objects.filter(person=OuterRef("person"), kind=KIND)
    awake = Preferences.objects.filter(~Exists(stopped), person__is_active=True, check_in_rests_since=None)
    return awake.exclude(check_in_at=None).select_related("person")


def _plan(wanting: QuerySet[Preferences]) -> int:
    chosen = list(wanting)
    unanswered, most = _unanswered([one.pk for one in chosen]), kind(KIND).pauses_after
    tired = [one for one in chosen if unanswered.get(one.pk, 0) >= most]
    for one in tired:
        _rest(one)
    plan_next(_things(chosen), timezone.now())
    return len(chosen)


def _things(chosen: Sequence[Preferences]) -> Iterable[Recurring]:
    for one in chosen:
        if one.check_in_at is not None and one.check_in_rests_since is None:
            yield Recurring(
                KIND, one.person, note_of(one.pk), Rhythm(one.check_in_at, apart=one.check_in_apart), context={"path": PATH}
            )


def _unanswered(people: Iterable[UUID]) -> dict[UUID, int]:
    """How many notes each of them got since they last checked in or chose a time; one by two channels is one."""
    answered = F("to__preferences__check_in_answered_at")
    since = Q(to__preferences__check_in_answered_at=None) | Q(sent_at__gt=answered)
    rows = Letter.objects.filter(since, to__in=people, kind=KIND, sent_at__isnull=False)
    return dict(rows.values_list("to").annotate(Count("due_at", distinct=True)))


@transaction.atomic
def _rest(chosen: Preferences) -> None:
    """No more notes until the client turns them on again; one letter says so, when the ceiling has room for it again."""
    notes = Letter.objects.filter(to=chosen.pk, kind=KIND, withdrawn_at=None)
    latest = notes.aggregate(latest=Max("due_at"))["latest"]
    chosen.check_in_rests_since = timezone.now()
    chosen.save(update_fields=["check_in_rests_since"])
    about = uuid5(chosen.pk, f"paused {chosen.check_in_rests_since.isoformat()}")
    due = max(latest + ROOM_AGAIN, timezone.now() + timedelta(minutes=1))
    plan([Plan("paused", Recipient.of(chosen.person), about, due_at=due, context={"path": SETTINGS})])
