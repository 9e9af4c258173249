"""Open times: what the query lists is what the slow and obvious way finds, in zones with odd clocks, over their changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from koru.moments.spans import Span
from koru.moments.walltime import exists, instant_of
from koru.people.closing import close_days
from koru.people.models import Person
from scheduling.models import Appointment, AppointmentKind, AvailabilityException, AvailabilityRule
from scheduling.open_times import Wish, open_times
from scheduling.refusals import OpenTime, Refused
from tests.people import make_client, make_clinic, make_room, make_staff, make_therapist

from .practice import ALWAYS, Practice, at, kind_of, works
from .slow_times import World

CHANGES = {
    "America/New_York": [date(2027, 3, 14), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 10, 4), date(2027, 4, 4)],
    "Europe/Dublin": [date(2027, 3, 28), date(2026, 10, 25)],
    "Asia/Kathmandu": [date(2026, 10, 25)],
    "America/Sao_Paulo": [date(2018, 11, 4), date(2018, 2, 18)],
    "Pacific/Chatham": [date(2026, 9, 27), date(2027, 4, 4)],
}
walls = st.integers(0, 24 * 12 - 1).map(lambda number: time(number // 12, number % 12 * 5))
hours = st.tuples(walls, walls).filter(lambda pair: pair[0] < pair[1])
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[World, date]:
    name = draw(st.sampled_from(sorted(CHANGES)))
    change = draw(st.sampled_from(CHANGES[name]))
    zone = ZoneInfo(name)
    days = st.integers(-1, 1).map(lambda number: change + timedelta(days=number))
    world = World(zone)
    world.weekly = draw(st.lists(st.tuples(st.integers(1, 7), hours).map(lambda at: (at[0], *at[1])), max_size=6))
    world.extra = draw(st.lists(st.tuples(days, hours).map(lambda at: (at[0], *at[1])), max_size=2))
    world.away = draw(st.lists(_differing(days), max_size=2))
    weekly = st.tuples(st.integers(1, 7), hours).map(lambda at: (at[0], *at[1]))
    some_day = _differing(days)
    world.closed, world.room_away = draw(st.lists(some_day, max_size=1)), draw(st.lists(some_day, max_size=1))
    world.room_weekly = draw(st.lists(weekly, max_size=5))
    world.room_extra = draw(st.lists(st.tuples(days, hours).map(lambda at: (at[0], *at[1])), max_size=1))
    for day, wall in draw(st.lists(st.tuples(days, walls), max_size=2)):
        start = instant_of(day, wall, zone)
        world.busy.append((start, start + timedelta(minutes=draw(st.integers(30, 200)))))
    return world, change


def _differing(days: st.SearchStrategy[date]) -> st.SearchStrategy[tuple[date, time | None, time | None]]:
    """Some hours of a day, from an hour on, or all of it."""
    some = st.tuples(days, hours).map(lambda at: (at[0], *at[1]))
    return st.one_of(some, st.tuples(days, walls, st.none()), st.tuples(days, st.none(), st.none()))


def build(world: World) -> Person:
    make_clinic(zone=world.zone.key)
    therapist = make_therapist()
    build_room(world)
    for weekday, opens, closes in world.weekly:
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=weekday, opens=opens, closes=closes, valid=(date(2000, 1, 1), None)
        )
    for day, opens, closes in world.extra:
        AvailabilityException.objects.create(therapist=therapist, what="extra", on=day, opens=opens, closes=closes)
    for day, start, end in world.away:
        AvailabilityException.objects.create(therapist=therapist, what="away", on=day, opens=start, closes=end)
    for begins, ends in _apart(world.busy):
        Appointment.objects.create(
            kind=kind_of("integration"), client=make_client(), therapist=therapist, place="video",
            during=Span(begins, ends).range, padded=Span(begins, ends).range, before=0, after=0,
        )  # fmt: skip
    return therapist


def build_room(world: World) -> None:
    """The one room, and the days on which the clinic is closed."""
    room, staff = make_room(), make_staff()
    for day, shuts, reopens in world.closed:
        close_days(day, day, by=staff, shut_from=shuts, shut_until=reopens)
    for weekday, opens, closes in world.room_weekly:
        AvailabilityRule.objects.create(room=room, weekday=weekday, opens=opens, closes=closes, valid=(date(2000, 1, 1), None))
    for day, opens, closes in world.room_extra:
        AvailabilityException.objects.create(room=room, what="extra", on=day, opens=opens, closes=closes)
    for day, start, end in world.room_away:
        AvailabilityException.objects.create(room=room, what="away", on=day, opens=start, closes=end)


def _apart(busy: list[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """The database refuses overlapping ones; the second of two that do is cut."""
    last = datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(busy):
        if end > max(start, last):
            yield max(start, last), end
            last = end


lengths = st.fixed_dictionaries(
    {
        "minutes": st.sampled_from([30, 50, 150]),
        "before": st.sampled_from([0, 15]),
        "after": st.sampled_from([0, 10, 30]),
        "grid": st.sampled_from([15, 30, 60]),
    }
)


@given(drawn=worlds(), length=lengths)
@slow
def test_the_query_lists_what_the_slow_way_finds(db: None, drawn: tuple[World, date], length: dict[str, int]) -> None:
    world, change = drawn
    first, last = change - timedelta(days=1), change + timedelta(days=1)
    with transaction.atomic():
        therapist = build(world)
        kind = AppointmentKind(slug="x", lead_hours=0, horizon_days=60, by_video=False, by_phone=False, **length)
        listed = ask(Wish(kind=kind, therapists=(therapist.pk,)), first, last, world.zone)
        transaction.set_rollback(True)
    assert [one.start for one in listed] == world.starts(first, last, **length)


def ask(wish: Wish, first: date, last: date, zone: ZoneInfo) -> list[OpenTime]:
    span = Span(instant_of(first, time(0), zone), instant_of(last + timedelta(days=1), time(0), zone))
    return open_times(wish, span, now=span.start - timedelta(hours=1))


@given(name=st.sampled_from(sorted(CHANGES)), days=st.integers(-2, 2), wall=walls)
@slow
def test_database_and_python_read_wall_times_alike(db: None, name: str, days: int, wall: time) -> None:
    zone = ZoneInfo(name)
    for change in CHANGES[name]:
        day = change + timedelta(days=days)
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall_instant(%s, %s)", [datetime.combine(day, wall), name])
            (found,) = cursor.fetchone() or (None,)
        assert found == instant_of(day, wall, zone)


@pytest.mark.parametrize("zone", sorted(CHANGES))
def test_an_afternoon_starts_at_one_by_the_wall_on_every_day_of_two_years(db: None, zone: str) -> None:
    make_clinic(zone=zone)
    therapist = make_therapist()
    works(therapist, "13:00", "18:00")
    kind = kind_of("preparation")
    kind.lead_hours, kind.horizon_days = 0, 800
    listed = ask(Wish(kind=kind, therapists=(therapist.pk,)), date(2026, 1, 1), date(2027, 12, 31), ZoneInfo(zone))
    firsts: dict[date, time] = {}
    for local in (one.start.astimezone(ZoneInfo(zone)) for one in listed):
        firsts.setdefault(local.date(), local.time())
    assert len(firsts) == 730
    assert set(firsts.values()) == {time(13)}


def test_the_hour_that_spring_skips_is_not_offered_and_both_of_autumns_are(db: None) -> None:
    make_clinic()
    therapist = make_therapist()
    works(therapist, "00:00", "06:00")
    kind = kind_of("consultation")
    kind.lead_hours, kind.horizon_days, kind.after = 0, 60, 0
    zone = ZoneInfo("America/New_York")
    wish = Wish(kind=kind, therapists=(therapist.pk,))
    spring = [one.start.astimezone(zone).time() for one in ask(wish, date(2027, 3, 14), date(2027, 3, 14), zone)]
    autumn = [one.start.astimezone(zone) for one in ask(wish, date(2026, 11, 1), date(2026, 11, 1), zone)]
    assert not [wall for wall in spring if wall.hour == 2]
    assert all(exists(date(2027, 3, 14), wall, zone) for wall in spring)
    assert [(local.time(), local.fold) for local in autumn if local.hour == 1] == [
        (time(1), 0), (time(1, 30), 0), (time(1, fold=1), 1), (time(1, 30, fold=1), 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("minutes", "starts"), [(194, 0), (195, 1), (224, 1), (225, 2), (299, 4)])
def test_a_window_holds_a_session_with_its_buffers_or_none(practice: Practice, minutes: int, starts: int) -> None:
    AppointmentKind.objects.update(grid=30)
    AvailabilityRule.objects.all().delete()
    opens = datetime(2026, 12, 1, 9, 45)
    closes = (opens + timedelta(minutes=minutes)).time()
    AvailabilityException.objects.create(
        therapist=practice.therapist, what="extra", on=opens.date(), opens=opens.time(), closes=closes
    )
    assert len(listed(practice)) == starts


def listed(practice: Practice, kind: str = "dosing", by: Person | None = None) -> list[OpenTime]:
    wish = Wish(kind=kind_of(kind), by=by or practice.client, client=practice.client, therapists=(practice.therapist.pk,))
    return open_times(wish, Span(at("2026-11-01 00:00"), at("2027-02-01 00:00")), now=at("2026-11-24 12:00"))


def test_stepping_through_a_running_session_never_lists_a_start_that_overlaps_it(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 11:00"))
    wish = Wish(kind=kind_of("integration"), by=practice.staff, therapists=(practice.therapist.pk,))
    day = Span(at("2026-12-01 00:00"), at("2026-12-02 00:00"))
    for minute in range(240):
        now = at("2026-12-01 10:30") + timedelta(minutes=minute)
        for one in open_times(wish, day, now=now):
            padded = Span.lasting(one.start, 50).padded(0, 10)
            assert not padded.overlaps(Span.of_range(made.padded))
            assert one.start >= now


@given(minute=st.integers(0, 14 * 24 * 6 - 1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_listed_books_and_what_is_not_is_refused(practice: Practice, minute: int) -> None:
    AvailabilityException.objects.get_or_create(therapist=practice.therapist, what="away", on=date(2026, 11, 30))
    start = at("2026-11-24 12:00") + timedelta(minutes=10 * minute)
    offered = {one.start for one in listed(practice)}
    with transaction.atomic():
        assert _books(practice, start) is (start in offered)
        transaction.set_rollback(True)


def _books(practice: Practice, start: datetime) -> bool:
    try:
        practice.book(start)
    except Refused:
        return False
    return True


def test_hours_hold_only_in_their_valid_days(practice: Practice) -> None:
    AvailabilityRule.objects.update(valid=(date(2026, 12, 3), date(2026, 12, 5)))
    assert {one.start.astimezone(at("2026-12-03 00:00").tzinfo).date() for one in listed(practice)} == {
        date(2026, 12, 3),
        date(2026, 12, 4),
    }
    AvailabilityRule.objects.update(valid=ALWAYS)


def test_a_closed_room_is_no_room(practice: Practice) -> None:
    practice.room.is_open = False
    practice.room.save()
    assert listed(practice) == []
    assert listed(practice, "integration")


def test_the_whole_clinic_away_is_away(practice: Practice) -> None:
    close_days(date(2026, 12, 1), date(2026, 12, 1), by=practice.staff)
    assert date(2026, 12, 1) not in {one.start.astimezone(at("2026-12-01 00:00").tzinfo).date() for one in listed(practice)}


def test_it_is_one_query_however_many_days(practice: Practice, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    wish = Wish(kind=kind_of("consultation"))
    with django_assert_num_queries(1):
        found = open_times(wish, Span(at("2026-11-24 12:00"), at("2026-12-20 00:00")), now=at("2026-11-24 12:00"))
    assert len(found) > 100
