"""Years in one scroll: stretches by calendar, pages both ways, an overview counted by the database, before and after."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from koru.care.comparing import comparison_of
from koru.care.overview import overview_of
from koru.care.place import place_of
from koru.care.story import PAGE, SOURCES, page_after, page_of
from koru.care.window import Zoom, whole, window_of
from koru.moments.lanes import COLUMNS
from koru.moments.spans import Span
from koru.moments.zones import known_zones
from koru.people.models import Person
from koru.privacy.door import NoSuchRecord, open_record
from koru.privacy.looks import looks_at
from moodtracking.models import CheckIn
from tests.care.test_brief_blocks import filled
from tests.care.test_timeline import TIMELINE_QUERIES
from tests.care.world import CANARY, appointment, check_in, signed_in, write

Pair = tuple[Person, Person]
ALL = Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
DAY = timedelta(days=1)
ZONES = st.sampled_from(sorted(known_zones())).map(ZoneInfo)
DAYS = st.dates(date(2001, 1, 1), date(2040, 12, 31))
ZOOMS = st.sampled_from([zoom for zoom in Zoom if zoom is not Zoom.ALL])


@given(zoom=ZOOMS, on=DAYS, zone=ZONES, starts=st.integers(1, 7))
def test_a_stretch_holds_its_day_and_those_beside_it_meet_it(zoom: Zoom, on: date, zone: ZoneInfo, starts: int) -> None:
    here = window_of(zoom, on, week_starts=starts)
    assert here.first <= on < here.until
    before = window_of(zoom, here.earlier, week_starts=starts)
    after = window_of(zoom, here.later, week_starts=starts)
    assert (before.until, after.first) == (here.first, here.until)
    assert before.span(zone).end == here.span(zone).start
    assert here.words
    assert all(here.edges)


@given(text=st.text(max_size=40), zone=ZONES)
def test_whatever_an_address_says_there_is_a_stretch_and_a_span(text: str, zone: ZoneInfo) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    for name in ("zoom", "on", "show", "before", "after"):
        place = place_of({name: text, "zoom": "month"} if name != "zoom" else {name: text}, zone, now)
        window = place.window(now - 400 * DAY)
        assert place.span(window).start < place.span(window).end
        assert place.address().startswith("?")


def test_a_cursor_outside_of_its_stretch_shows_the_stretch() -> None:
    now, zone = datetime(2026, 11, 25, 12, tzinfo=UTC), ZoneInfo("UTC")
    place = place_of({"zoom": "day", "on": "2026-11-20", "before": "2020-01-01T00:00:00+00:00"}, zone, now)
    assert place.span(place.window(now)) == window_of(Zoom.DAY, date(2026, 11, 20)).span(zone)


def test_somebody_who_began_today_has_a_week_to_look_at() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    window = whole(now, now, ZoneInfo("UTC"))
    assert (window.until - window.first).days == 7


@pytest.mark.django_db
def test_pages_go_forward_and_back_over_the_same_moments(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    same = now - timedelta(minutes=70)
    for minute in range(1, 2 * PAGE + 21):
        check_in(client, now - timedelta(minutes=minute))
    for _ in range(4):
        write(client, at=same)
    back: list[list[datetime]] = []
    with open_record(client, by=therapist, why="timeline") as record:
        page = page_of(record, ALL)
        forth = [[one.at for one in page.moments]]
        while page.older:
            page = page_of(record, Span(ALL.start, page.older))
            forth.append([one.at for one in page.moments])
        while page.newer or not back:
            after = page.newer or page.moments[0].at
            page = page_after(record, Span(after + timedelta(microseconds=1), ALL.end))
            back.append([one.at for one in page.moments])
    everything = [at for part in forth for at in part]
    assert everything == sorted(everything, reverse=True)
    assert len(everything) == 2 * PAGE + 24
    newer = [at for part in reversed(back) for at in part]
    assert newer == everything[: len(newer)]
    assert len(newer) == len(everything) - len(forth[-1])
    assert all(one[-1] > other[0] for one, other in pairwise(forth))


@pytest.mark.django_db
def test_the_page_leads_to_older_and_newer_and_stays_in_its_stretch_and_room(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    for hour in range(1, PAGE + 20):
        check_in(client, now - timedelta(hours=hour))
    browser = signed_in(therapist)
    year = now.astimezone(ZoneInfo(therapist.zone)).date().isoformat()
    first = browser.get(f"/care/{client.pk}/", {"show": "check-ins", "zoom": "year", "on": year}).content.decode()
    assert "Newer</a>" not in first
    older = re.search(r'href="(\?[^"]*before=[^"#]*)', first)
    if older is None:  # the year began less than three days ago
        return
    second = browser.get(f"/care/{client.pk}/{older[1].replace('&amp;', '&')}").content.decode()
    assert "show=check-ins" in older[1]
    assert "zoom=year" in older[1]
    assert "Newer</a>" in second


@pytest.mark.django_db
def test_the_overview_counts_what_its_reader_may_see_and_nothing_else(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    span = Span(now - 96 * DAY, now)
    write(client, at=now - 3 * DAY)
    write(client, share="only_me", at=now - 3 * DAY, text=CANARY)
    check_in(client, now - 3 * DAY)
    held = check_in(client, now - 50 * DAY)
    CheckIn.objects.filter(pk=held.pk).update(held_at=now)
    appointment(client, therapist, now - 20 * DAY, "met")
    appointment(client, therapist, now - 10 * DAY, "cancelled")
    filled(pair, "phq-9", 12, 40)
    with open_record(client, by=therapist, why="timeline") as record:
        there = overview_of(record, span)
    assert (sum(there.entries.values()), sum(there.measures.values()), len(there.sessions)) == (1, 1, 1)
    assert {column: one.number for column, one in there.mood.items()} == {there.column(now - 3 * DAY): 1}
    assert all(1 <= column <= COLUMNS for column in (*there.entries, *there.measures, *there.mood))
    lines = there.lines(ZoneInfo("UTC"))
    assert [line.day for line in lines] == sorted(line.day for line in lines)


@pytest.mark.django_db
def test_the_overview_tells_the_middle_half_of_a_column(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    for number, mood in enumerate((-3, -1, 0, 1, 3)):
        row = check_in(client, now - timedelta(minutes=number + 1))
        CheckIn.objects.filter(pk=row.pk).update(answers={"mood": mood})
    CheckIn.objects.filter(pk=check_in(client).pk).update(answers={"energy": 2})
    with open_record(client, by=therapist, why="timeline") as record:
        (mood_,) = overview_of(record, Span(now - 48 * DAY, now)).mood.values()
    assert (mood_.low, mood_.mid, mood_.high, mood_.number) == (-1, 0, 1, 5)


def many_years(client: Person, therapist: Person, days: int = 3 * 365) -> None:
    now = timezone.now()
    CheckIn.objects.bulk_create(
        CheckIn(
            client=client, at=now - day * DAY, recorded_at=now - day * DAY, zone=client.zone,
            local_date=(now - day * DAY).date(), answers={"mood": day % 7 - 3, "energy": day % 5},
            item_set_version="1", key=uuid4(),
        )
        for day in range(1, days)
    )  # fmt: skip
    for month in range(1, 37):
        appointment(client, therapist, now - month * 30 * DAY, "met")
    Person.objects.filter(pk=client.pk).update(joined_at=now - days * DAY)


@pytest.mark.django_db
def test_three_years_of_daily_data_are_a_light_page(pair: Pair) -> None:
    client, therapist = pair
    many_years(client, therapist)
    browser = signed_in(therapist)
    for query in ("", "?zoom=year", "?zoom=month", "?zoom=week", "?zoom=day"):
        page = browser.get(f"/care/{client.pk}/{query}").content
        assert len(page) <= 90_000, (query, len(page))
        assert len(gzip.compress(page)) <= 12_000, query
    assert page.decode().count("<svg") < 40


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?zoom=year", "?zoom=month&show=check-ins"])
def test_a_stretch_asks_as_often_for_three_years_as_for_a_day(
    pair: Pair, query: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, therapist = pair
    browser: Client = signed_in(therapist)
    most = TIMELINE_QUERIES - (len(SOURCES) - 1 if "show" in query else 0)
    for days in (2, 3 * 365):
        many_years(client, therapist, days)
        browser.get(f"/care/{client.pk}/{query}")
        with django_assert_num_queries(most):
            assert browser.get(f"/care/{client.pk}/{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "zoom=decade", "zoom=week&on=2026-02-30", "zoom=day&on=0001-01-01", "zoom=year&on=9999-12-31", "on=%00", "zoom=%00",
        "after=yesterday", "after=9999-12-31T00:00:00Z", "before=2026-01-01T00:00:00", "after=2026-01-01T00:00:00%2B99:00",
        "zoom=month&on=2026-11-01&before=2001-01-01T00:00:00Z", "zoom=week&zoom=day", "show=check-ins&zoom=day&on=2026-11-01",
    ],
)  # fmt: skip
def test_odd_stretches_and_cursors_are_answered_kindly(pair: Pair, query: str) -> None:
    assert signed_in(pair[1]).get(f"/care/{pair[0].pk}/?{query}").status_code == 200


@pytest.mark.django_db
def test_a_client_with_nothing_and_one_whose_session_is_running(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    page = browser.get(f"/care/{client.pk}/").content.decode()
    assert "Nothing here yet" in page
    assert "Nothing in this time" in page
    now = timezone.now()
    running = appointment(client, therapist, now - timedelta(minutes=20))
    assert browser.get(f"/care/{client.pk}/").status_code == 200
    page = browser.get(f"/care/{client.pk}/sessions/{running.pk}/around/").content.decode()
    assert "That time begins tomorrow" in page


@pytest.mark.django_db
def test_before_and_after_stand_side_by_side_with_how_many_days_and_from_where_to_where(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    met = appointment(client, therapist, now - 20 * DAY, "met")
    for day in range(1, 9):
        for at, mood in ((now - (20 + day) * DAY, -2 + day % 2), (now - (20 - day) * DAY, 1 + day % 3)):
            CheckIn.objects.filter(pk=check_in(client, at).pk).update(answers={"mood": mood})
    CheckIn.objects.filter(pk=check_in(client, now - 15 * DAY).pk).update(answers={"energy": 2})
    filled(pair, "phq-9", 17, 25)
    filled(pair, "phq-9", 8, 10)
    with open_record(client, by=therapist, why="timeline") as record:
        it = comparison_of(record, met.pk, 14, now)
    told = {one.title: one for one in it.noted}
    noted = told["Mood"]
    assert noted.before is not None
    assert noted.after is not None
    assert (noted.verdict, noted.before.days, noted.after.days) == ("Higher after", 8, 8)
    assert noted.before.spread.startswith("from ")
    assert told["Energy"].verdict == ""
    assert "Energy" in it.unsaid
    (measure,) = it.measures
    assert measure.verdict == "A reliable change, for the better"
    browser = signed_in(therapist)
    for days in ("7", "14", "28", "0", "-1", "x", "%00"):
        page = browser.get(f"/care/{client.pk}/sessions/{met.pk}/around/?days={days}")
        assert page.status_code == 200
    assert "Higher after" in page.content.decode()


@pytest.mark.django_db
def test_only_a_session_of_this_client_that_has_begun_is_compared_and_opening_it_is_traced(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    ahead = appointment(client, therapist, now + 3 * DAY)
    met = appointment(client, therapist, now - 3 * DAY, "met")
    with open_record(client, by=therapist, why="timeline") as record, pytest.raises(NoSuchRecord):
        comparison_of(record, ahead.pk, 14, now)
    browser = signed_in(therapist)
    for other in (ahead.pk, uuid4()):
        assert browser.get(f"/care/{client.pk}/sessions/{other}/around/").status_code == 404
    before = looks_at(client).count()
    assert browser.get(f"/care/{client.pk}/sessions/{met.pk}/around/").status_code == 200
    assert looks_at(client).count() == before + 1


@pytest.mark.django_db
def test_sharing_taken_back_is_gone_from_lane_list_and_comparison_at_the_next_look(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    entry = write(client, at=now - 2 * DAY)
    met = appointment(client, therapist, now - 3 * DAY, "met")
    entry.share = "only_me"
    entry.save(update_fields=["share"])
    with open_record(client, by=therapist, why="timeline") as record:
        assert not overview_of(record, Span(now - 48 * DAY, now)).entries
        it = comparison_of(record, met.pk, 14, now)
    assert it.after is not None
    assert it.after.entries == 0
