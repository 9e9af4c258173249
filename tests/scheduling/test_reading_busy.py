"""What a calendar says of when somebody is busy: every way of writing a time, and nothing that isn't busy."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from scheduling.fetching import Unread, Why
from scheduling.reading_apart import busy_in
from scheduling.reading_busy import NoCalendar, TooMuch, busy_stretches

from .practice import NEW_YORK, at

FROM, UNTIL = at("2026-11-01 00:00"), at("2027-11-01 00:00")
BERLIN = ZoneInfo("Europe/Berlin")
TEN = ("DTSTART;TZID=America/New_York:20261201T100000", "DTEND;TZID=America/New_York:20261201T110000")


def event(*lines: str, uid: str = "one@example.org") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT", ""))


def calendar(*events: str, head: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{head}{''.join(events)}END:VCALENDAR\r\n".encode()


def busy(*events: str, zone: ZoneInfo = NEW_YORK, head: str = "") -> list[tuple[datetime, datetime]]:
    return busy_stretches(calendar(*events, head=head), zone, FROM, UNTIL)


def span(start: str, end: str, zone: ZoneInfo = NEW_YORK) -> tuple[datetime, datetime]:
    return at(start, zone), at(end, zone)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (TEN, span("2026-12-01 10:00", "2026-12-01 11:00")),
        (("DTSTART:20261201T150000Z", "DTEND:20261201T160000Z"), span("2026-12-01 10:00", "2026-12-01 11:00")),
        (("DTSTART:20261201T100000", "DURATION:PT1H30M"), span("2026-12-01 10:00", "2026-12-01 11:30")),
        (("DTSTART;VALUE=DATE:20261201",), span("2026-12-01 00:00", "2026-12-02 00:00")),
        (("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"), span("2026-12-01 00:00", "2026-12-04 00:00")),
        (("DTSTART;VALUE=DATE:20270314",), span("2027-03-14 00:00", "2027-03-15 00:00")),
        (("DTSTART;TZID=Eastern Standard Time:20261201T100000", "DURATION:PT1H"), span("2026-12-01 10:00", "2026-12-01 11:00")),
        (("DTSTART;TZID=Nowhere/Such:20261201T100000", "DURATION:PT1H"), span("2026-12-01 10:00", "2026-12-01 11:00")),
        (("DTSTART:20270314T023000", "DURATION:PT1H"), span("2027-03-14 03:00", "2027-03-14 04:30")),
    ],
)
def test_each_way_to_write_a_time(lines: tuple[str, ...], found: tuple[datetime, datetime]) -> None:
    if "023000" in lines[0]:  # skipped by the clocks: from the end of the gap
        assert busy(event(*lines))[0][0] == found[0]
    else:
        assert busy(event(*lines)) == [found]


def test_floating_and_all_day_times_are_the_owners() -> None:
    assert busy(event("DTSTART:20261201T100000", "DURATION:PT1H"), zone=BERLIN) == [
        span("2026-12-01 10:00", "2026-12-01 11:00", BERLIN)
    ]
    assert busy(event("DTSTART;VALUE=DATE:20261201"), zone=BERLIN) == [span("2026-12-01 00:00", "2026-12-02 00:00", BERLIN)]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "UID:01936000-0000-7000-8000-000000000001@koru",
    ],
)
def test_what_is_free_cancelled_or_korus_own_is_not_busy(line: str) -> None:
    lines = (*TEN, line) if not line.startswith("UID") else TEN
    uid = line.removeprefix("UID:") if line.startswith("UID") else "one@example.org"
    assert busy(event(*lines, uid=uid)) == []


def test_a_week_that_repeats_keeps_its_wall_time_over_both_changes_and_its_exceptions() -> None:
    series = event(
        "DTSTART;TZID=America/New_York:20261026T090000", "DTEND;TZID=America/New_York:20261026T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270401T000000Z", "EXDATE;TZID=America/New_York:20261207T090000",
    )  # fmt: skip
    moved = event(
        "RECURRENCE-ID;TZID=America/New_York:20261214T090000",
        "DTSTART;TZID=America/New_York:20261215T150000", "DTEND;TZID=America/New_York:20261215T160000",
    )  # fmt: skip
    found = busy(series, moved)
    local = [start.astimezone(NEW_YORK) for start, _ in found]
    assert {one.time() for one in local} == {time(9), time(15)}
    days = {one.date() for one in local}
    assert {date(2026, 11, 2), date(2027, 3, 8), date(2027, 3, 15), date(2026, 12, 15)} <= days
    assert not {date(2026, 12, 7), date(2026, 12, 14), date(2027, 4, 5)} & days
    assert all(end - start == timedelta(hours=1) for start, end in found)


def test_overlapping_ones_are_joined_and_cut_to_the_window() -> None:
    long = event("DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20261102")
    first = event("DTSTART:20261201T100000", "DURATION:PT1H", uid="a")
    second = event("DTSTART:20261201T103000", "DURATION:PT1H", uid="b")
    assert busy(long, first, second) == [
        (FROM, at("2026-11-02 00:00")),
        span("2026-12-01 10:00", "2026-12-01 11:30"),
    ]


@given(
    day=st.dates(date(2026, 11, 5), date(2027, 10, 20)),
    begins=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    name=st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Europe/Dublin"]),
    every=st.integers(1, 9),
    count=st.integers(1, 5),
    minutes=st.integers(10, 600),
)
def test_daily_rules_are_those_of_the_calendar_on_the_wall(
    *, day: date, begins: time, name: str, every: int, count: int, minutes: int
) -> None:
    zone = ZoneInfo(name)
    start = f"DTSTART;TZID={name}:{day:%Y%m%d}T{begins:%H%M%S}"
    found = busy(event(start, f"DURATION:PT{minutes}M", f"RRULE:FREQ=DAILY;INTERVAL={every};COUNT={count}"), zone=zone)
    starts = {instant_of(day + timedelta(days=every * number), begins, zone) for number in range(count)}
    inside = {one for one in starts if one < UNTIL - timedelta(days=1)}
    covered = {one for one in inside if any(low - timedelta(hours=1) <= one < high for low, high in found)}
    assert covered == inside


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=HOURLY", "freq=secondly",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,10,20,30,40",
    ],
)  # fmt: skip
def test_what_repeats_within_the_day_is_not_even_begun(rule: str) -> None:
    with pytest.raises(TooMuch):
        busy(event(*TEN, f"RRULE:{rule}"))
    with pytest.raises(TooMuch):
        busy(event(*TEN, f"RRULE:{rule[:4]}\r\n {rule[4:]}"))
    part = f"BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:{rule}\r\nEND:STANDARD\r\n"
    with pytest.raises(TooMuch):
        busy(event(*TEN), head=f"BEGIN:VTIMEZONE\r\nTZID:Odd\r\n{part}END:VTIMEZONE\r\n")


def test_more_events_than_a_person_has_are_not_read() -> None:
    with pytest.raises(TooMuch):
        busy(*["BEGIN:VEVENT\r\nEND:VEVENT\r\n"] * 10_001)


@pytest.mark.parametrize(
    "file", [b"", b"<html>Sign in</html>", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nX"]
)
def test_what_is_not_a_calendar_is_said_to_be_none(file: bytes) -> None:
    with pytest.raises(NoCalendar):
        busy_stretches(file, NEW_YORK, FROM, UNTIL)
    with pytest.raises(Unread) as unread:
        busy_in(file, "America/New_York", Span(FROM, UNTIL))
    assert unread.value.why == Why.NO_CALENDAR


@given(
    st.lists(st.sampled_from(["BEGIN:VEVENT", "END:VEVENT", *TEN, "RRULE:FREQ=DAILY", "RRULE:X", "DTSTART:99999999", "EXDATE:0"]))
)
def test_however_it_is_mixed_up_it_is_read_or_said_to_be_no_calendar(lines: list[str]) -> None:
    file = calendar("".join(f"{line}\r\n" for line in lines))
    try:
        found = busy_stretches(file, NEW_YORK, FROM, UNTIL)
    except (NoCalendar, TooMuch):
        return
    assert all(FROM <= start < end <= UNTIL for start, end in found)


def test_in_a_process_of_its_own_it_finds_the_same() -> None:
    file = calendar(event(*TEN))
    assert busy_in(file, "America/New_York", Span(FROM, UNTIL)) == [Span(*span("2026-12-01 10:00", "2026-12-01 11:00"))]


def test_what_takes_too_long_to_expand_is_ended() -> None:
    since_year_one = [
        event(f"DTSTART:00010101T{hour:02}0000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=f"{hour}") for hour in range(24)
    ]
    with pytest.raises(Unread) as unread:
        busy_in(calendar(*since_year_one), "America/New_York", Span(FROM, UNTIL), seconds=2)
    assert unread.value.why == Why.TOO_BIG


def test_instants_come_back_in_utc() -> None:
    assert {moment.tzinfo for found in busy(event(*TEN)) for moment in found} == {UTC}
