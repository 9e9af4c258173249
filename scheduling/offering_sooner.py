"""Offering a freed time to who waits: to one at a time, the oldest fitting wish first, held two hours for them.

Nothing has to tell that a time was freed: whatever is open by the list's own question is looked at each minute, so a move,
a cancellation, a hold past its time and new hours are all the same. What is held and past its time stands in nobody's way,
be there a clock or not.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.reminders.quiet import Rest
from koru.reminders.resting import rests_of

from .alone import deed, overlap_as
from .booking import Asked, row_for
from .holds import make_way
from .looking import own_therapists
from .models import Appointment, AppointmentChange, SoonerOffer, SoonerWish
from .moving import wish_to_move
from .open_times import Wish, open_times, opening_at
from .refusals import NotNow, OpenTime, Refused, TimeTaken
from .resting import waits_for
from .sooner_fits import fits
from .standing import change_until, traced
from .taking_sooner import could_be_taken
from .telling_sooner import tell_offer

TRIED = 5
TO_ANSWER = timedelta(hours=2)
FURTHEST = timedelta(days=366)
State, Answer = Appointment.State, SoonerOffer.Answer


def waiting() -> "list[SoonerWish]":
    """Who waits and has no offer to answer, the oldest wish first."""
    rows = SoonerWish.objects.filter(ended_at=None).exclude(offers__answer="")
    return list(rows.select_related("client", "request", "kind", "about", "about__kind", "about__therapist", "therapist"))


def offer_freed_times(now: datetime) -> int:
    """Close what wasn't answered in time, end wishes that have come to nothing, and offer what is open. How many offers."""
    SoonerOffer.objects.filter(answer="", until__lte=now).update(answer=Answer.EXPIRED, answered_at=now)
    SoonerWish.objects.filter(ended_at=None, about__during__startswith__lte=now).update(ended_at=now)
    made = 0
    for wish in waiting():
        made += any(_offered(wish, found) for found in islice(matches(wish, now), TRIED))
    return made


def _offered(wish: SoonerWish, found: OpenTime) -> bool:
    """Whether it was: somebody may have been quicker, or what belongs to it finds no place nearby."""
    try:
        offer(wish, found.start, found.therapist_id, by=None)
    except Refused:
        return False
    return True


def matches(wish: SoonerWish, now: datetime, by: Person | None = None) -> Iterator[OpenTime]:
    """Open times that fit, soonest first. `by` of the desk sees those too that are too near to be offered by themselves."""
    until = answers_until(wish, now)
    sought = look_for(wish, by)
    if until is None or sought is None or not _may_have(wish, until):
        return
    lead = timedelta() if by else timedelta(hours=wish.kind.lead_hours)
    latest = wish.about.starts if wish.about else now + FURTHEST
    if until + lead >= latest:
        return
    zone, tried = zone_of(wish), tried_before(wish)
    known_at = until if by is None else until - timedelta(hours=wish.notice_hours)
    for opening in open_times(sought, Span(until + lead, latest), now=now):
        if opening.start in tried or opening.start <= until or not _stands_beside(wish, opening.start):
            continue
        if fits(wish, opening.start, zone, known_at):
            yield opening


def _stands_beside(wish: SoonerWish, start: datetime) -> bool:
    """Whether it can be held while they still have the later one: nobody is in two places meanwhile."""
    about = wish.about
    if about is None:
        return True
    return Span.lasting(start, about.span.minutes).padded(about.before, about.after).end <= about.starts - timedelta(
        minutes=about.before
    )


def zone_of(wish: SoonerWish) -> ZoneInfo:
    """Whose clock their days and hours are meant by: the clinic's for what is in a room, else their own."""
    return clinic_zone() if wish.place == "room" else ZoneInfo(wish.zone)


def answers_until(wish: SoonerWish, now: datetime) -> datetime | None:
    """Two hours from when they can be told: at night from the morning. None: not while nothing is asked of them."""
    rest = rests_of({wish.client.pk: wish.client.zone})[wish.client.pk] if wish.client else Rest(ZoneInfo(wish.zone))
    if rest.hush_ends(now) or (wish.client and waits_for(wish.client, now)):
        return None
    return (rest.quiet_ends(now) or now) + TO_ANSWER


def look_for(wish: SoonerWish, by: Person | None = None) -> Wish | None:
    """The list's own question for what they wait for, on their own terms or those of the desk."""
    therapists = _therapists(wish)
    if not therapists:
        return None
    if wish.about:
        return replace(wish_to_move(wish.about, by or wish.client), therapists=therapists)
    whom: tuple[UUID, ...] = therapists
    return Wish(kind=wish.kind, by=by or wish.client, client=wish.client, therapists=whom, place=wish.place)


def _therapists(wish: SoonerWish) -> tuple[UUID, ...]:
    """The one who was named, if they still work together; any of their own; for a visitor any at all."""
    if wish.client is None:
        found = list(Person.objects.therapists().values_list("pk", flat=True))
    else:
        found = [one.pk for one in own_therapists(wish.client)]
    return tuple(one for one in found if wish.therapist_id in (None, one))


def _may_have(wish: SoonerWish, until: datetime) -> bool:
    """What it would move can still be moved then."""
    if wish.client and not wish.client.is_active:
        return False
    about = wish.about
    return about is None or (about.state == State.BOOKED and until <= change_until(about))


def tried_before(wish: SoonerWish) -> set[datetime]:
    """Starts they had and gave up, and those they were offered already."""
    mine = {"appointment__client": wish.client} if wish.client else {"appointment__request": wish.request}
    left = AppointmentChange.objects.filter(**mine, what__in=["moved", "cancelled"]).values_list("was", flat=True)
    return {*filter(None, left), *wish.offers.values_list("start", flat=True)}


@neither
@deed
def offer(wish: SoonerWish, start: datetime, therapist_id: UUID, *, by: Person | None) -> SoonerOffer:
    """Hold the time for who waits, and write to them. `by` None: the clock; else somebody of the desk, by hand.

    Raises a Refused when it isn't open any more, or they have an offer already.
    """
    now = timezone.now()
    make_way(None, now)
    current = SoonerWish.objects.select_for_update().filter(pk=wish.pk, ended_at=None).first()
    until = answers_until(wish, now)
    if current is None or until is None or current.offers.filter(answer="").exists() or start <= until:
        raise NotNow("They wait no more, have an offer already, or are not asked anything just now.")
    held = _row(wish, start, therapist_id, by)
    could_be_taken(current, held, by)
    held.state, held.offered, held.held_until, held.booked_at = State.HELD, True, until, now
    with overlap_as(TimeTaken):
        held.save(force_insert=True)
    made = SoonerOffer(wish=wish, held=held, therapist_id=therapist_id, start=start, by=by, made_at=now, until=until)
    with traced(wish.client, by, "time offered", wish.pk):
        made.save(force_insert=True)
        tell_offer(made, held)
    return made


def _row(wish: SoonerWish, start: datetime, therapist_id: UUID, by: Person | None) -> Appointment:
    """Not saved yet. Raises TimeTaken when it isn't open."""
    sought = look_for(wish, by)
    opening = opening_at(replace(sought, therapists=(therapist_id,)), start, now=timezone.now()) if sought else None
    if sought is None or opening is None:
        raise TimeTaken
    therapist = Person.objects.get(pk=therapist_id)
    asked = Asked(kind=sought.kind, therapist=therapist, place=sought.place, client=wish.client, request=wish.request)
    return row_for(sought, opening, asked)
