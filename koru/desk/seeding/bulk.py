"""Many believable histories for trying Koru at size (clinical.md section 13). The same seed and day: the same rows.

Nobody is written to: these people were made up, and no letter is planned for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from journaling.models import Entry
from koru.people.models import Person, Role
from koru.safety.flags import Flag, FlagStep
from koru.safety.working_time import clinic_hours
from koru.sealing.keyring import keyring
from moodtracking.measures.models import Assignment, Response
from moodtracking.models import CheckIn
from scheduling.models import Appointment, AppointmentKind

from .between import save_between
from .bulk_clients import Place, Seeded, appointments_of, life_of, save_papers
from .chance import Chance
from .copying import copy_in
from .courses import drawn
from .diary import Diary
from .histories import Life
from .house import keep_hours, let_in, make_clinic, make_rooms
from .measured import Followed, assignments_of, fill_rows, fortnights
from .raised import Clock, Handled, first_drop, raised
from .rows import check_in_rows, entry_rows
from .script import script
from .stock import stock

DOMAIN = "seed.example.org"
WORKDAYS = range(1, 6)
A_THERAPIST = 100
TOGETHER = 100
ODD_NAMES = {4: "Demo " + "Abracadabra" * 5, 5: "Q"}
SHARES = {0: 0.0, 1: 0.0, 2: 1.0}
ELSEWHERE = {3: "Europe/Dublin"}


Lived = tuple[Seeded, Life, list[Appointment]]


@dataclass(frozen=True)
class Made:
    clients: int = 0
    check_ins: int = 0
    entries: int = 0


def address(seed: int, who: str, number: int) -> str:
    return f"{who}-{seed}-{number}@{DOMAIN}"


def is_there(seed: int) -> bool:
    return Person.objects.filter(email=address(seed, "desk", 0)).exists()


def load(clients: int, years: float, seed: int, now: datetime) -> Made:
    """So many clients who came within so many years. All of it, or nothing."""
    chance, made = Chance(seed), Made()
    with transaction.atomic():
        place = _place(clients, seed, now)
        for first in range(0, clients, TOGETHER):
            with keyring():
                some = list(_clients(place, range(first, min(first + TOGETHER, clients)), years, seed, chance))
                check_ins, entries = _fill(place, some, chance)
                save_between(some, now, f"{seed} {first}")
            made = Made(made.clients + len(some), made.check_ins + check_ins, made.entries + entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _place(clients: int, seed: int, now: datetime) -> Place:
    clinic = make_clinic(script()["clinic"])
    count = max(2, clients // A_THERAPIST)
    desk = Person(email=address(seed, "desk", 0), display_name="Demo Desk", role=Role.STAFF, zone=clinic.zone)
    therapists = [
        Person(
            email=address(seed, "therapist", number),
            display_name=f"Demo {stock().given_names[number % len(stock().given_names)]}",
            role=Role.THERAPIST,
            zone=clinic.zone,
        )
        for number in range(count)
    ]
    let_in([desk, *therapists], None)
    for therapist in therapists:
        keep_hours(therapist, WORKDAYS, "09:00", "19:30")
    rooms = make_rooms([{"name": f"Room {seed}-{number}"} for number in range(max(2, count // 2))], clinic.zone)
    kinds = {kind.slug: kind for kind in AppointmentKind.objects.all()}
    return Place(clinic, therapists, list(rooms.values()), kinds, desk, Diary(ZoneInfo(clinic.zone)), now)


def _clients(place: Place, numbers: range, years: float, seed: int, chance: Chance) -> Iterator[Seeded]:
    for number in numbers:
        course = drawn(chance)
        joined = place.now - timedelta(days=chance.uniform(1, years * 365))
        given = chance.choice(stock().given_names)
        person = Person(
            id=chance.id_at(joined),
            email=address(seed, "client", number),
            display_name=ODD_NAMES.get(number, f"{given} {chance.choice('ABCDEFGHKLMNPRSTW')}."),
            role=Role.CLIENT,
            zone=ELSEWHERE.get(number, place.clinic.zone),
            region=place.clinic.region,
            phone=f"+1 212 555 {chance.randint(0, 9999):04d}",
        )
        yield Seeded(person, chance.choice(place.therapists), course, joined, chance.randint(*course.weeks), SHARES.get(number))


def _fill(place: Place, some: list[Seeded], chance: Chance) -> tuple[int, int]:
    """Everything of some clients. How many check-ins and entries."""
    let_in([one.person for one in some], None)
    save_papers(some, place.desk, place.now)
    booked = appointments_of(some, place, chance)
    lives = [(one, life_of(one, booked[one.person.pk], place.now, chance), booked[one.person.pk]) for one in some]
    told = [list(check_in_rows(one.person, life, held, chance)) for one, life, held in lives]
    flags = [*_dropped(lives, told, place.now, chance), *_measure(lives, place.now, chance)]
    check_ins = copy_in(CheckIn, chain.from_iterable(told))
    copy_in(Flag, (flag for flag, _ in flags))
    copy_in(FlagStep, (step for _, steps in flags for step in steps))
    entries = copy_in(Entry, (row for one, life, _ in lives for row in entry_rows(one.person, life, chance)))
    return check_ins, entries


def _dropped(lives: Sequence[Lived], told: Iterable[list[CheckIn]], now: datetime, chance: Chance) -> list[Handled]:
    """One sharp drop of mood for those whose weeks go up and down."""
    clock = Clock(clinic_hours(), now)
    swings = ((one, life, rows) for (one, life, _), rows in zip(lives, told, strict=True) if life.course.swing)
    return [each for one, life, rows in swings for each in first_drop(rows, life, one.therapist, clock, chance)]


def _measure(lives: Sequence[Lived], now: datetime, chance: Chance) -> list[Handled]:
    """What they filled in every two weeks. The flags of what asked for somebody to look."""
    followed = [
        Followed(one.person, life, assignments_of(one.person, one.therapist, one.joined, chance, ended=one.ended(now)))
        for one, life, _ in lives
    ]
    copy_in(Assignment, (assignment for each in followed for assignment in each.assignments))
    rows = [row for each in followed for row in fill_rows(each, fortnights(each.life), chance)]
    flags = list(raised(rows, Clock(clinic_hours(), now), chance))
    copy_in(Response, rows)
    return flags
