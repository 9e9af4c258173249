"""What waits about people who have no account yet, and letters that came back."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from koru.people.models import Invitation
from koru.reminders.models import Letter
from koru.ui.times import short_day
from scheduling.models import Appointment, ConsultationRequest
from scheduling.sooner_page import unoffered

from .board import OPEN
from .readers import known_readers, whom
from .waiting import Task

NUDGED_AFTER = timedelta(days=4)
GIVEN_UP = timedelta(days=14)


def to_come_back_to(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Those whose day has come."""
    today = now.astimezone(zone).date()
    due = ConsultationRequest.objects.filter(come_back_on__lte=today, state__in=OPEN, client=None)
    for one in _plain(due).order_by("come_back_on", "pk"):
        yield Task(one.name, one.get_state_display(), _page(one), "Take it up", _owner(one), one.made_at)


def talks(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    over = Appointment.objects.filter(request__state="booked", state__in=["booked", "met", "missed"], during__endswith__lte=now)
    newer = Appointment.objects.filter(request=OuterRef("request"), booked_at__gt=OuterRef("booked_at"))
    rows = over.filter(~Exists(newer)).select_related("request__owner", "therapist").order_by("during")
    for one in rows:
        if one.request:
            day, owner = short_day(one.starts.astimezone(zone).date()), _owner(one.request) or one.therapist.display_name
            yield Task(one.request.name, day, _page(one.request), "Say how it went", owner, one.ends)


def new_requests(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Nobody has offered a time yet; one that rests until another day isn't here."""
    today = now.astimezone(zone).date()
    new = ConsultationRequest.objects.filter(state="new").exclude(come_back_on__gt=today).order_by("made_at")
    for one in _plain(new):
        day = short_day(one.made_at.astimezone(zone).date())
        link = f"{reverse('desk:book')}?request={one.pk}#first-open"
        yield Task(one.name, f"Written {day}", link, "Offer a time", _owner(one), one.made_at)


def invitations(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Not opened though a note went out on the third day; for two weeks after the link has ended."""
    waiting = Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, made_at__lte=now - NUDGED_AFTER, expires_at__gte=now - GIVEN_UP
    )
    for one in waiting.select_related("invited_by").order_by("expires_at"):
        day = short_day(one.expires_at.astimezone(zone).date())
        is_open = one.expires_at > now
        words = f"Link open until {day}" if is_open else f"Link ended {day}"
        link = reverse("desk:request", args=[one.about]) if one.about else reverse("desk:invite")
        yield Task(one.name, words, link, "Call them" if is_open else "Invite again", one.invited_by.display_name, one.made_at)


def sooner(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Who waits for an earlier time and has no offer open: what is too near for one can be offered by hand."""
    for wish in unoffered():
        whose = wish.therapist or (wish.about.therapist if wish.about else None)
        link, owner = reverse("desk:sooner_place", args=[wish.pk]), whose.display_name if whose else ""
        yield Task(wish.name, wish.kind.name, link, "See what fits", owner, wish.made_at)


def letters(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """By whom they were for, never with an address. Three queries."""
    recent = Letter.objects.not_arrived().filter(due_at__gte=now - GIVEN_UP)
    failed = list(recent.select_related("to").order_by("due_at"))
    readers, count = known_readers(failed), Counter(map(whom, failed))
    first = {whom(one): one for one in reversed(failed)}
    for key, number in count.items():
        letter = first[key]
        name, link = readers[letter.pk]
        since = letter.failed_at or letter.bounced_at
        step = (link, "Check the address") if link else (reverse("desk:letters"), "See")
        yield Task(name, f"{number} in two weeks", *step, "", since)


def _plain(rows: QuerySet[ConsultationRequest]) -> QuerySet[ConsultationRequest]:
    return rows.select_related("owner").defer("phone", "note", "token")


def _owner(request: ConsultationRequest) -> str:
    return request.owner.display_name if request.owner else ""


def _page(request: ConsultationRequest) -> str:
    return reverse("desk:request", args=[request.pk])
