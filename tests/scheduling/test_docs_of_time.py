"""docs/time.md is true: each of its tables is read here, and each row of it done."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.reminders.models import Letter
from koru.ui.times import spoken_range, spoken_zone
from scheduling.choosing import wall_words
from scheduling.models import AppointmentKind
from scheduling.open_times import Wish, open_times
from scheduling.reminders import replan_for
from tests.people import make_clinic, make_staff, make_therapist
from tests.stack.running import ROOT

from .practice import ALWAYS, Practice, at, works
from .running_clock import sent, words_of

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
Row = tuple[str, ...]
PAGE = (ROOT / "docs" / "time.md").read_text(encoding="utf-8")


def tables(name: str) -> list[Row]:
    """The rows of all tables marked so."""
    found = re.findall(rf"<!-- tried: {name} -->\n((?:\|.*\n)+)", PAGE)
    lines = (line for table in found for line in table.splitlines()[2:])
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def test_each_table_that_is_marked_is_tried() -> None:
    assert set(re.findall(r"<!-- tried: (\w+) -->", PAGE)) == {"offered", "lasting", "told", "travel"}
    assert [len(tables(name)) for name in ("offered", "lasting", "told", "travel")] == [7, 6, 6, 3]


@pytest.mark.parametrize("row", tables("offered"))
def test_offered(row: Row, clock: Clock) -> None:
    key, day, hours, every, offered = row
    zone, on = ZoneInfo(key), datetime.fromisoformat(day).date()
    clock((datetime.fromisoformat(day).replace(tzinfo=zone) - timedelta(days=10)).isoformat())
    make_clinic(zone=key)
    therapist = make_therapist()
    opens, closes = hours.split(" to ")
    works(therapist, opens, closes)
    therapist.availability_rules.update(valid=(ALWAYS[0].replace(year=2000), None))
    kind = AppointmentKind(slug="x", minutes=15, before=0, after=0, grid=int(every.split()[0]), lead_hours=0)
    night = Span(instant_of(on, time(0), zone), instant_of(on + timedelta(days=1), time(0), zone))
    wish = Wish(kind=kind, by=make_staff(), therapists=(therapist.pk,))
    found = open_times(wish, night, now=night.start - timedelta(hours=1))
    assert ", ".join(wall_words(one.start, zone) for one in found) == offered


@pytest.mark.parametrize("row", tables("lasting"))
def test_lasting(row: Row) -> None:
    key, begins, minutes, reads = row
    zone = ZoneInfo(key)
    span = Span.lasting(at(begins, zone), int(minutes))
    assert (span.end - span.start).total_seconds() == int(minutes) * 60
    assert f"{spoken_range(span.start, span.end, zone)}, {spoken_zone(zone, span.start, span.end)}" == reads


@pytest.mark.parametrize("row", tables("told"))
def test_told(row: Row, practice: Practice) -> None:
    begins, how, reader, says = row
    practice.client.zone = reader
    practice.client.save()
    practice.room.zone = "America/Chicago" if how.endswith("Chicago") else "America/New_York"
    practice.room.save()
    practice.book(at(begins), kind="integration" if how == "by video" else "dosing", by=practice.staff)
    (confirmed,) = sent(practice.client.email)
    assert f"booked: {says}." in words_of(confirmed)


@pytest.mark.parametrize("row", tables("travel"))
def test_travel(row: Row, practice: Practice, clock: Clock) -> None:
    begins, old, new, was, now = row
    clock((at(begins) - timedelta(days=14)).isoformat())
    practice.client.zone = old
    practice.client.save()
    made = practice.book(at(begins), by=practice.staff)
    letter = Letter.objects.filter(about=made.pk, kind="session-tomorrow")
    assert letter.get().due_at == at(was, ZoneInfo(old))
    practice.client.zone = new
    practice.client.save()
    replan_for(practice.client)
    assert letter.get().due_at == at(now, ZoneInfo(new))
    made.refresh_from_db()
    assert made.starts == at(begins)
