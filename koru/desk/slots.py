"""What the desk shows of an appointment: who, with whom, where, when. Nothing of what anybody wrote."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.models import Person
from koru.ui.times import spoken_time
from scheduling.models import Appointment
from scheduling.session_day import LATE

VISIBLE = ("booked", "met", "missed")
LONG_KIND = "dosing"


@dataclass(frozen=True, slots=True)
class Slot:
    """One appointment. `times` are the clock of the clinic; `tone` is the colour, always beside words."""

    id: UUID
    name: str
    kind: str
    therapist_id: UUID
    therapist: str
    room_id: UUID | None
    where: str
    span: Span
    times: str
    starts: str
    link: str
    padded: Span
    tone: str = ""
    mark: str = ""
    movable: bool = False
    second_id: UUID | None = None

    @property
    def sat_in_on(self) -> "Slot":
        """The same for the second person's column: it is moved in the therapist's alone."""
        words = f"Sits in. {self.mark}" if self.mark else "Sits in"
        return replace(self, id=UUID(int=self.id.int ^ 1), mark=words, movable=False, second_id=None)


def slots_on(day: date, zone: ZoneInfo, now: datetime) -> list[Slot]:
    """The appointments of a calendar day of the clinic, in the order of the clock. One query."""
    span = whole_day(day, zone)
    live = Q(state__in=VISIBLE) | Q(state="held", held_until__gt=now)
    found = Appointment.objects.filter(live, during__overlap=span.range).order_by("during", "id")
    rows = found.select_related("kind", "client", "request", "therapist", "room")
    return [replace(slot_of(one, zone, now), movable=_movable(one, now)) for one in rows]


def _movable(appointment: Appointment, now: datetime) -> bool:
    """Nothing past or running moves."""
    return appointment.state == Appointment.State.BOOKED and not appointment.started_at and appointment.starts > now


def whole_day(day: date, zone: ZoneInfo) -> Span:
    """Midnight to midnight by the clinic's clock: 23 to 25 hours."""
    return Span(instant_of(day, time(), zone), instant_of(day + timedelta(days=1), time(), zone))


def slot_of(appointment: Appointment, zone: ZoneInfo, now: datetime | None = None) -> Slot:
    """An appointment as the desk shows it. Kind, people and room have to be there already. `now`: says who is late."""
    span = appointment.span
    starts, ends = (spoken_time(at.astimezone(zone)) for at in (span.start, span.end))
    return Slot(
        id=appointment.pk,
        name=_name(appointment),
        kind=appointment.kind.name,
        therapist_id=appointment.therapist_id,
        therapist=appointment.therapist.display_name,
        room_id=appointment.room_id,
        where=appointment.room.name if appointment.room else appointment.get_place_display(),
        span=span,
        times=f"{starts} to {ends}",
        starts=starts,
        link="" if appointment.state == Appointment.State.HELD else reverse("desk:appointment", args=[appointment.pk]),
        padded=Span.of_range(appointment.padded),
        second_id=appointment.second_person_id,
        tone=_tone(appointment),
        mark=_mark(appointment, zone, now),
    )


def _name(appointment: Appointment) -> str:
    someone: Person | None = appointment.client
    if someone:
        return someone.display_name
    return appointment.request.name if appointment.request else ""


def _tone(appointment: Appointment) -> str:
    if appointment.state == Appointment.State.HELD:
        return "straw"
    return "dusk" if appointment.kind_id == LONG_KIND else ""


def _mark(appointment: Appointment, zone: ZoneInfo, now: datetime | None) -> str:
    """What is unusual about it, in words."""
    if appointment.state == Appointment.State.HELD and appointment.held_until:
        return f"Held until {spoken_time(appointment.held_until.astimezone(zone))}"
    if appointment.state == Appointment.State.MISSED:
        return "Nobody came"
    if appointment.started_at:
        return "" if appointment.ended_at else "Running"
    if appointment.arrived_at:
        return f"Here since {spoken_time(appointment.arrived_at.astimezone(zone))}"
    return "Not here yet" if now and _is_late(appointment, now) else ""


def _is_late(appointment: Appointment, now: datetime) -> bool:
    is_open = appointment.room_id is not None and appointment.state == Appointment.State.BOOKED
    return is_open and appointment.starts + LATE <= now < appointment.ends
