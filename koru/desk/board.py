"""The consultation requests as the desk reads them: step, age, next step. Nothing of what a visitor wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from koru.people.models import Invitation
from koru.ui.times import short_day, spoken_time
from scheduling.models import Appointment, ConsultationRequest

State = ConsultationRequest.State
OPEN = (State.NEW, State.BOOKED, State.MET, State.INVITED)
CLOSED = (State.DECLINED, State.NO_ANSWER, State.CANCELLED, State.LAPSED)
TITLES = {State.NEW: "New", State.BOOKED: "Booked", State.MET: "Talked", State.INVITED: "Invited"}
TONES = {State.NEW: "clay", State.MET: "straw", State.INVITED: "fern"}
A_DAY = 24 * 3600
SHOWN_JOINED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Card:
    """One request. `line` says what stands, `next` what comes; `urgent`: somebody waits for us."""

    id: UUID
    name: str
    state: str
    line: str
    next: str
    age: str
    owner: str
    urgent: bool
    back: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    tone: str
    cards: Sequence[Card]
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.cards) + self.more


def steps(now: datetime, zone: ZoneInfo, shown: int) -> list[Step]:
    """The pipeline, those who wait longest first, some of each step; who joined stays a week. Three queries.

    One to come back to stands at the top from its day on, and at the end until then.
    """
    long_joined = Invitation.objects.filter(about=OuterRef("pk"), accepted_at__lt=now - SHOWN_JOINED)
    waiting = _requests().filter(state__in=OPEN).exclude(Exists(long_joined)).order_by("made_at")
    today = now.astimezone(zone).date()
    ordered = sorted(waiting, key=lambda one: _turn(one, today))
    cards = cards_of(ordered, now, zone)
    sorted_out = {state: [card for card in cards if card.state == state] for state in OPEN}
    return [
        Step(TITLES[state], TONES.get(state, ""), found[:shown], max(0, len(found) - shown))
        for state, found in sorted_out.items()
    ]


def _turn(request: ConsultationRequest, today: date) -> int:
    day = request.come_back_on
    return 1 if day is None else 0 if day <= today else 2


def closed(now: datetime, zone: ZoneInfo, shown: int) -> list[Card]:
    """Those that ended without an account, newest first."""
    return cards_of(_requests().filter(state__in=CLOSED).order_by("-made_at")[:shown], now, zone)


def _requests() -> QuerySet[ConsultationRequest]:
    talks = Appointment.objects.kept().select_related("therapist").order_by("-booked_at", "-id")
    plain = ConsultationRequest.objects.select_related("owner").defer("phone", "note", "token")
    return plain.prefetch_related(Prefetch("appointments", queryset=talks))


def cards_of(requests: Iterable[ConsultationRequest], now: datetime, zone: ZoneInfo) -> list[Card]:
    found = list(requests)
    invitations = {one.about: one for one in Invitation.objects.filter(about__in=[request.pk for request in found])}
    return [card_of(one, next(iter(one.appointments.all()), None), invitations.get(one.pk), now, zone) for one in found]


def card_of(
    request: ConsultationRequest, talk: Appointment | None, invitation: Invitation | None, now: datetime, zone: ZoneInfo
) -> Card:
    line, coming, urgent = _standing(request, talk, invitation, now, zone)
    rests = request.come_back_on is not None and request.come_back_on > now.astimezone(zone).date()
    return Card(
        id=request.pk,
        name=request.name,
        state=request.state,
        line=line,
        next=coming,
        age=age_words(request.made_at, now),
        owner=request.owner.display_name if request.owner else "",
        urgent=urgent and not rests,
        back=_back_words(request, now.astimezone(zone).date()),
    )


def _back_words(request: ConsultationRequest, today: date) -> str:
    day = request.come_back_on
    if day is None or request.state not in OPEN:
        return ""
    return "To come back to today" if day <= today else f"Comes back {short_day(day)}"


def _standing(
    request: ConsultationRequest, talk: Appointment | None, invitation: Invitation | None, now: datetime, zone: ZoneInfo
) -> tuple[str, str, bool]:
    """What stands, what comes next, and whether somebody waits for us."""
    when = _talk_words(talk, zone)
    if request.state == State.NEW:
        return "Asks for a time", "Offer a time", True
    if request.state == State.BOOKED:
        over = talk is not None and talk.span.end <= now
        return when, "Was it held?" if over else "See or move", over
    if request.state == State.MET:
        return when, "Invite or not now", True
    if request.state == State.INVITED:
        return _invited(request, invitation, now, zone)
    return when, "See", False


def _invited(request: ConsultationRequest, invitation: Invitation | None, now: datetime, zone: ZoneInfo) -> tuple[str, str, bool]:
    if request.client_id or (invitation and invitation.accepted_at):
        return "Has an account", "See steps", False
    if invitation is None or invitation.withdrawn_at or invitation.expires_at <= now:
        return "The link has ended", "Invite again", True
    return f"Link open until {short_day(invitation.expires_at.astimezone(zone).date())}", "See", False


def _talk_words(talk: Appointment | None, zone: ZoneInfo) -> str:
    """ "Thu 26 Nov, 10:30 am, Demo Wren, by video" """
    if talk is None:
        return ""
    at = talk.span.start.astimezone(zone)
    place = str(talk.get_place_display()).lower()
    return f"{short_day(at.date())}, {spoken_time(at)}, {talk.therapist.display_name}, {place}"


def age_words(made: datetime, now: datetime) -> str:
    """ "Written 12 days ago": whole days gone by."""
    days = int((now - made).total_seconds() // A_DAY)
    return {0: "Written in the last day", 1: "Written a day ago"}.get(days, f"Written {days} days ago")
