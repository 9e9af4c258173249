"""Random houses to look for time in, and the same houses in the database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from hypothesis import strategies as st

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.models import Person
from scheduling.models import (
    Appointment,
    AppointmentKind,
    AvailabilityException,
    AvailabilityRule,
    BusyCalendar,
    BusySpan,
    Equipment,
    Room,
    SecondPerson,
    Skill,
)
from tests.people import ally, make_client, make_clinic, make_room, make_staff, make_therapist

from .practice import ALWAYS, LONG_AGO, kind_of
from .slow_house import Held, House, Rules, Someone
from .slow_times import World

CHANGES = {
    "America/New_York": [date(2027, 3, 14), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 10, 4), date(2027, 4, 4)],
    "Europe/Dublin": [date(2027, 3, 28), date(2026, 10, 25)],
    "Asia/Kathmandu": [date(2026, 10, 25), date(2026, 12, 31)],
    "America/Sao_Paulo": [date(2018, 11, 4), date(2018, 2, 18)],
    "Pacific/Chatham": [date(2026, 9, 27), date(2027, 4, 4), date(2028, 2, 29)],
}
KIND, OTHER = "integration", "closing"
walls = st.integers(0, 24 * 12 - 1).map(lambda number: time(number // 12, number % 12 * 5))
hours = st.tuples(walls, walls).filter(lambda pair: pair[0] < pair[1])
long_hours = st.tuples(st.integers(0, 9).map(time), st.integers(15, 23).map(time))
rules = st.builds(
    Rules,
    minutes=st.sampled_from([30, 50, 150]),
    before=st.sampled_from([0, 15]),
    after=st.sampled_from([0, 10, 30]),
    grid=st.sampled_from([15, 30, 60]),
    cap=st.sampled_from([None, 1, 1, 2]),
    rest_hours=st.sampled_from([0, 0, 3, 20]),
    rest_days=st.sampled_from([0, 0, 1, 2]),
    in_room=st.booleans(),
    needs_equipment=st.booleans(),
    needs_second=st.booleans(),
)


@st.composite
def calendars(draw: st.DrawFn, zone: ZoneInfo, around: date) -> World:
    """Somebody's weeks and odd days about a date."""
    days = st.integers(-1, 1).map(lambda number: around + timedelta(days=number))
    whole = st.tuples(days, st.none(), st.none())
    some = st.tuples(days, hours).map(lambda at: (at[0], *at[1]))
    weekly = st.tuples(st.integers(1, 7), st.one_of(long_hours, hours)).map(lambda at: (at[0], *at[1]))
    return World(
        zone,
        weekly=draw(st.lists(weekly, max_size=6)),
        extra=draw(st.lists(some, max_size=2)),
        away=draw(st.lists(st.one_of(some, whole), max_size=2)),
    )


@st.composite
def houses(draw: st.DrawFn) -> tuple[House, date]:
    """Up to three people and two rooms, with some appointments, about a day on which clocks may change."""
    name = draw(st.sampled_from(sorted(CHANGES)))
    zone, change = ZoneInfo(name), draw(st.sampled_from(CHANGES[name]))
    house = House(zone)
    for _ in range(draw(st.integers(1, 3))):
        parts = draw(st.booleans()), draw(st.booleans())
        house.people.append(Someone(draw(calendars(zone, change)), *parts, draw(st.lists(busy(zone, change), max_size=2))))
    house.people[0].leads = True
    house.rooms_with_equipment = draw(st.lists(st.booleans(), max_size=2))
    for _ in range(draw(st.integers(0, 4))):
        house.held.append(draw(appointments(house, change)))
    return house, change


@st.composite
def busy(draw: st.DrawFn, zone: ZoneInfo, around: date) -> tuple[datetime, datetime]:
    start = instant_of(around + timedelta(days=draw(st.integers(-1, 1))), draw(walls), zone)
    return start, start + timedelta(minutes=draw(st.integers(1, 200)))


@st.composite
def appointments(draw: st.DrawFn, house: House, around: date) -> Held:
    day = around + timedelta(days=draw(st.sampled_from([0, 0, 1, -1, 2, -2])))
    start = instant_of(day, draw(walls), house.zone)
    numbers = range(len(house.people))
    lead = draw(st.sampled_from(numbers))
    others = [None, *(number for number in numbers if number != lead)]
    rooms = [None, *range(len(house.rooms_with_equipment))]
    return Held(
        start,
        start + timedelta(minutes=draw(st.integers(30, 200))),
        lead,
        draw(st.sampled_from(others)),
        draw(st.sampled_from(rooms)),
        draw(st.sampled_from([True, True, False])),
        draw(st.booleans()),
    )


@dataclass
class Built:
    """The house in the database. What the database refused to hold is out of the house too."""

    kind: AppointmentKind
    client: Person
    people: list[Person]
    rooms: list[Room]

    def number(self, person: UUID | None) -> int:
        return next(number for number, one in enumerate(self.people) if one.pk == person)

    def room_number(self, room: UUID | None) -> int:
        return next(number for number, one in enumerate(self.rooms) if one.pk == room)


def build(house: House, asked: Rules, **kind: Any) -> Built:
    make_clinic(zone=house.zone.key)
    lamp = Equipment.objects.create(name="Lamp")
    rooms = [make_room() for _ in house.rooms_with_equipment]
    for room, has in zip(rooms, house.rooms_with_equipment, strict=True):
        room.equipment.set([lamp] if has else [])
    people = [_person(one) for one in house.people]
    built = Built(_kind(asked, lamp, **kind), make_client(zone=house.zone.key), people, rooms)
    for person in people:
        if person.is_therapist:
            ally(built.client, person, since=LONG_AGO)
    house.held = [one for one in house.held if _stands(one, built)]
    return built


def _kind(asked: Rules, lamp: Equipment, **fields: Any) -> AppointmentKind:
    kind = kind_of(KIND)
    values = {
        "minutes": asked.minutes,
        "before": asked.before,
        "after": asked.after,
        "grid": asked.grid,
        "daily_cap": asked.cap,
        "rest_hours": asked.rest_hours,
        "rest_days": asked.rest_days,
        "in_room": True,
        "by_video": not asked.in_room,
        "by_phone": not asked.in_room,
        "second_person": SecondPerson.REQUIRED if asked.needs_second else SecondPerson.NONE,
        **fields,
    }
    for name, value in values.items():
        setattr(kind, name, value)
    kind.full_clean()
    kind.save()
    kind.equipment.set([lamp] if asked.needs_equipment else [])
    return kind


def _person(one: Someone) -> Person:
    """Who leads: a therapist of whom nothing is said. Who doesn't: one who leads another kind, or somebody of the staff."""
    person = make_therapist() if one.leads or not one.sits_in else make_staff()
    if person.is_therapist and not one.leads:
        Skill.objects.create(person=person, kind_id=OTHER, part="lead")
    if one.sits_in:
        Skill.objects.create(person=person, kind_id=KIND, part="second")
    for weekday, opens, closes in one.calendar.weekly:
        AvailabilityRule.objects.create(therapist=person, weekday=weekday, opens=opens, closes=closes, valid=ALWAYS_BEFORE)
    for day, opens, closes in one.calendar.extra:
        AvailabilityException.objects.create(therapist=person, what="extra", on=day, opens=opens, closes=closes)
    for day, start, end in one.calendar.away:
        AvailabilityException.objects.create(therapist=person, what="away", on=day, opens=start, closes=end)
    if one.elsewhere:
        calendar = BusyCalendar.objects.create(therapist=person, address_hash="x", host="calendar.example.org")
        calendar.spans.bulk_create(BusySpan(calendar=calendar, during=Span(*at).range) for at in one.elsewhere)
    return person


ALWAYS_BEFORE = (date(2000, 1, 1), ALWAYS[1])


def _stands(one: Held, built: Built) -> bool:
    """Whether the database holds it: two at once in one place it refuses."""
    span = Span(one.start, one.end)
    row = Appointment(
        kind_id=KIND if one.of_the_kind else OTHER,
        client=built.client if one.of_the_client else make_client(),
        therapist=built.people[one.lead],
        second_person=None if one.second is None else built.people[one.second],
        room=None if one.room is None else built.rooms[one.room],
        place="video" if one.room is None else "room",
        during=span.range,
        padded=span.range,
        before=0,
        after=0,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


def instant_before(day: date, zone: ZoneInfo) -> datetime:
    """An hour before that day begins."""
    return instant_of(day, time(0), zone) - timedelta(hours=1)
