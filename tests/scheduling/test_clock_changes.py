"""Every day of two years in zones with odd clocks: no hour is lost, none made up, and minutes stay minutes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from koru.moments.spans import Span
from koru.moments.walltime import exists, instant_of
from koru.people.models import Person
from scheduling.choosing import wall_words
from scheduling.models import AppointmentKind
from scheduling.open_times import Wish, open_times
from tests.people import make_clinic, make_staff, make_therapist

from .practice import make_practice, works
from .slow_times import World

pytestmark = pytest.mark.django_db
YEARS = {
    "America/New_York": (2026, 2027),
    "Australia/Lord_Howe": (2026, 2027),
    "Europe/Dublin": (2026, 2027),
    "America/Sao_Paulo": (2017, 2018),  # it has not changed its clocks since 2019
    "Asia/Kathmandu": (2026, 2027),
    "Pacific/Chatham": (2026, 2027),
}
REPEATED = {
    "America/New_York": ("2026-11-01 01:30", "1:30 am EDT", "1:30 am EST"),
    "Australia/Lord_Howe": ("2026-04-05 01:30", "1:30 am UTC+11", "1:30 am UTC+10:30"),
    "Europe/Dublin": ("2026-10-25 01:30", "1:30 am IST", "1:30 am GMT"),
    "Pacific/Chatham": ("2026-04-05 03:30", "3:30 am UTC+13:45", "3:30 am UTC+12:45"),
}
SKIPPED = {
    "America/New_York": "2027-03-14 02:30",
    "Australia/Lord_Howe": "2026-10-04 02:15",
    "Europe/Dublin": "2027-03-28 01:30",
    "America/Sao_Paulo": "2018-11-04 00:30",
    "Pacific/Chatham": "2026-09-27 03:15",
}


def short(grid: int = 30, minutes: int = 15) -> AppointmentKind:
    return AppointmentKind(slug="x", minutes=minutes, before=0, after=0, grid=grid, lead_hours=0)


def starts(kind: AppointmentKind, therapist: Person, first: date, last: date, zone: ZoneInfo) -> list[datetime]:
    span = Span(instant_of(first, time(0), zone), instant_of(last + timedelta(days=1), time(0), zone))
    wish = Wish(kind=kind, by=make_staff(), therapists=(therapist.pk,))
    return [one.start for one in open_times(wish, span, now=span.start - timedelta(hours=1))]


def somebody(zone: str, opens: str = "00:00", closes: str = "23:59") -> Person:
    make_clinic(zone=zone)
    therapist = make_therapist()
    works(therapist, opens, closes)
    therapist.availability_rules.update(valid=(date(2000, 1, 1), None))
    return therapist


@pytest.mark.parametrize("zone", sorted(YEARS))
def test_round_the_clock_every_time_the_wall_shows_is_offered_as_often_as_it_shows_it(zone: str) -> None:
    """Hours that close within the repeated hour close at its first pass: where that is the day's last, its second is shut."""
    therapist, here = somebody(zone), ZoneInfo(zone)
    for year in YEARS[zone]:
        first, last = date(year, 1, 1), date(year, 12, 31)
        shown = [(one, one.astimezone(here)) for one in World(here).wall_starts(first, last, 30)]
        within = [one for one, local in shown if not (local.fold and local.hour == 23)]
        assert starts(short(), therapist, first, last, here) == within


@pytest.mark.parametrize("zone", sorted(YEARS))
def test_afternoons_of_two_years_begin_at_one_with_three_long_sessions(zone: str) -> None:
    therapist, here = somebody(zone, "13:00", "18:00"), ZoneInfo(zone)
    for year in YEARS[zone]:
        found = starts(short(60, 150), therapist, date(year, 1, 1), date(year, 12, 31), here)
        days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
        assert len(found) == 3 * days
        assert {one.astimezone(here).time() for one in found} == {time(13), time(14), time(15)}


@pytest.mark.parametrize("zone", sorted(REPEATED))
def test_a_time_that_comes_twice_is_offered_twice_under_two_names(zone: str) -> None:
    words, *names = REPEATED[zone]
    therapist, here, wall = somebody(zone), ZoneInfo(zone), datetime.fromisoformat(words)
    night = starts(short(), therapist, wall.date(), wall.date(), here)
    twice = [one for one in night if one.astimezone(here).replace(tzinfo=None, fold=0) == wall]
    assert [wall_words(one, here) for one in twice] == names
    assert twice == [wall.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1)]


@pytest.mark.parametrize("zone", sorted(SKIPPED))
def test_a_time_that_is_skipped_is_not_offered(zone: str) -> None:
    therapist, here, wall = somebody(zone), ZoneInfo(zone), datetime.fromisoformat(SKIPPED[zone])
    night = [one.astimezone(here) for one in starts(short(15), therapist, wall.date(), wall.date(), here)]
    assert night
    assert wall not in {one.replace(tzinfo=None) for one in night}
    assert all(exists(one.date(), one.time(), here) for one in night)


@pytest.mark.parametrize(
    ("night", "start", "ends"),
    [
        ("2026-11-01", "2026-11-01T00:00:00-04:00", "1:30 am EST"),
        ("2026-11-01", "2026-11-01T01:00:00-04:00", "2:30 am"),
        ("2026-11-01", "2026-11-01T01:00:00-05:00", "3:30 am"),
        ("2027-03-14", "2027-03-14T01:00:00-05:00", "4:30 am"),
        ("2026-12-31", "2026-12-31T20:00:00-05:00", "10:30 pm"),
        ("2028-02-29", "2028-02-29T10:00:00-05:00", "12:30 pm"),
    ],
)
def test_two_and_a_half_hours_stay_so_over_any_night(night: str, start: str, ends: str) -> None:
    with time_machine.travel(datetime.fromisoformat(start) - timedelta(days=20), tick=False):
        practice = make_practice()
        practice.therapist.availability_rules.update(opens=time(0), closes=time(23, 59))
        AppointmentKind.objects.filter(pk="dosing").update(before=0, needs_clearance=False)
        made = practice.book(datetime.fromisoformat(start))
    assert made.ends - made.starts == timedelta(minutes=150)
    assert wall_words(made.ends, ZoneInfo("America/New_York")) == ends
    assert made.starts.astimezone(ZoneInfo("America/New_York")).date().isoformat() == night
