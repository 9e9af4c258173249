"""What stands around an invented client of a bulk load: papers, appointments, and the life their history follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.models import Alliance, Clearance, Clinic, Consent, Person
from scheduling.models import Appointment, AppointmentKind, Room

from .calendar import appointment
from .chance import Chance
from .courses import Course
from .diary import Diary
from .histories import Life
from .papers import clearance_row, consent_rows
from .stock import stock

MISSED, CANCELLED, MOVED, NAMED = 0.04, 0.06, 0.12, 0.85
BOOKED_AHEAD = timedelta(days=30)
A_YEAR = timedelta(days=365)
SYMPTOMS = ("restless", "sad", "rumination", "numb", "pain", "irritable", "calm", "hope")
PAUSED_WEEKS = 4


@dataclass(frozen=True)
class Place:
    """The clinic, and who and what is there to fill."""

    clinic: Clinic
    therapists: list[Person]
    rooms: list[Room]
    kinds: dict[str, AppointmentKind]
    desk: Person
    diary: Diary
    now: datetime


@dataclass(frozen=True)
class Seeded:
    """One client and the course drawn for them."""

    person: Person
    therapist: Person
    course: Course
    joined: datetime
    weeks: int
    shared: float | None

    @property
    def until(self) -> datetime:
        return self.joined + timedelta(weeks=self.weeks)

    def ended(self, now: datetime) -> datetime | None:
        """When they and their therapist finished, if they have: a month after the last conversation."""
        last = self.until + BOOKED_AHEAD
        return last if last < now else None


def save_papers(some: Sequence[Seeded], desk: Person, now: datetime) -> None:
    """When they came, who works with them, their yes, and the prescriber's word for each year."""
    for one in some:
        one.person.joined_at = one.joined
    Person.objects.bulk_update([one.person for one in some], ["joined_at"])
    Alliance.objects.bulk_create(
        Alliance(client=one.person, therapist=one.therapist, since=one.joined, until=one.ended(now), made_by=desk) for one in some
    )
    Consent.objects.bulk_create(row for one in some for row in consent_rows(one.person, one.joined, desk))
    Clearance.objects.bulk_create(row for one in some for row in _clearances(one, desk))


def _clearances(one: Seeded, desk: Person) -> Iterator[Clearance]:
    decided = one.joined + timedelta(days=10)
    while decided < one.until:
        row = clearance_row(one.person, "Demo Prescriber", decided.date(), (decided + A_YEAR).date(), desk)
        row.recorded_at = decided
        yield row
        decided += A_YEAR - timedelta(days=14)


def appointments_of(some: Sequence[Seeded], place: Place, chance: Chance) -> dict[UUID, list[Appointment]]:
    """All appointments of some clients, saved; by client the dosing sessions that took place."""
    made = {one.person.pk: list(_placed(one, place, chance)) for one in some}
    Appointment.objects.bulk_create((row for rows in made.values() for row in rows), batch_size=2000)
    return {client: [row for row in rows if _was_session(row)] for client, rows in made.items()}


def _was_session(row: Appointment) -> bool:
    return row.kind_id == "dosing" and row.state == Appointment.State.MET


def wanted(one: Seeded, chance: Chance) -> Iterator[tuple[int, str]]:
    """Days after joining, and the kind: a talk, preparation, sessions with a meeting after each, then wider."""
    yield -7, "consultation"
    yield 7, "preparation"
    yield 14, "preparation"
    day = 21
    for _ in range(one.course.sessions):
        yield day, "dosing"
        yield day + 2, "integration"
        day += chance.randint(7, 14)
    while (day := day + 7 * PAUSED_WEEKS) < one.weeks * 7:
        yield day, "follow-up"
    yield one.weeks * 7, "closing"


def _placed(one: Seeded, place: Place, chance: Chance) -> Iterator[Appointment]:
    for days, slug in wanted(one, chance):
        kind, day = place.kinds[slug], one.joined + timedelta(days=days)
        if day > place.now + BOOKED_AHEAD:
            return
        length = (kind.before, kind.minutes, kind.after)
        rooms = [room.pk for room in place.rooms] if kind.needs_room else ()
        found = place.diary.place(day.date(), length, (one.person.pk, one.therapist.pk), rooms, chance)
        if found:
            yield _row(one, appointment(chance.id_at(found[0]), kind, found[0], place.now), found[1], chance)


def _row(one: Seeded, made: Appointment, room: UUID | None, chance: Chance) -> Appointment:
    """With whom and where; now and then moved, cancelled, or nobody came."""
    made.client, made.therapist, made.room_id = one.person, one.therapist, room
    made.place = "room" if room else chance.choice(("video", "phone"))
    made.revision = int(chance.happens(MOVED))
    made.way_home = f"Demo {chance.choice(stock().given_names)}" if room and chance.happens(NAMED) else ""
    drawn = chance.random()
    if made.state == Appointment.State.MET and drawn < MISSED:
        made.state, made.started_at, made.ended_at = Appointment.State.MISSED, None, None
    elif made.started_at is None and drawn > 1 - CANCELLED:
        made.state = Appointment.State.CANCELLED
    return made


def life_of(one: Seeded, sessions: Sequence[Appointment], now: datetime, chance: Chance) -> Life:
    """From joining until their course ends, or now."""
    return Life(
        course=one.course,
        zone=ZoneInfo(one.person.zone),
        span=Span(one.joined, min(one.until, now)),
        sessions=[session.span for session in sessions],
        symptoms=chance.sample(SYMPTOMS, chance.randint(0, 2)),
        shared=one.shared,
    )
