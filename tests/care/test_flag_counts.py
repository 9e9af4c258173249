"""What others of the clinic read: operators numbers, cover and lines, the desk whom to have called. Never an answer."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from koru.people.models import Person
from koru.safety.flags import Flag
from koru.safety.help_now import forget
from koru.safety.models import HelpLine
from koru.safety.noticing import notice
from tests.people import make_admin, make_staff

from .world import signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]


@pytest.fixture(autouse=True)
def asked_afresh() -> Iterator[None]:
    """What a process remembers of the clinic's lines is of one test alone."""
    forget()
    yield
    forget()


def read(person: Person, path: str) -> str:
    return signed_in(person).get(path).content.decode()


def site() -> str:
    return read(make_admin(), "/admin/")


def test_admins_read_how_many_and_no_name(pair: Pair) -> None:
    client, _ = pair
    notice(client, {"phq-9.item.9": 3}, about=None, by=client)
    page = site()
    assert "Flags open: 1. Urgent: 1. Overdue: 0." in page
    assert client.display_name not in page
    assert "Nobody is on call, and clients aren’t told so" in page
    Flag.objects.update(climbed=3)
    assert "nobody has looked for a long time: 1" in site()


def test_admins_are_warned_of_lines_nobody_has_checked_for_180_days(pair: Pair, clock: Callable[[str], Any]) -> None:
    forgotten = "nobody has checked for 180 days"
    own = HelpLine.objects.create(
        region="NZ", kind="crisis", name="Demo Line", call="1737", hours="always", checked_on=date(2026, 11, 20)
    )
    forget()
    clock("2027-04-30T12:00:00-04:00")
    assert forgotten not in site()
    clock("2027-05-01T12:00:00-04:00")
    page = site()
    assert forgotten in page
    assert "US: 988 Suicide &amp; Crisis Lifeline" in page
    assert "Demo Line" not in page, "checked later"
    HelpLine.objects.filter(pk=own.pk).update(checked_on=date(2026, 10, 1))
    forget()
    assert "NZ: Demo Line" in site()


def test_the_desk_reads_only_whom_to_call_and_only_of_urgent_ones(pair: Pair) -> None:
    client, therapist = pair
    staff = make_staff()
    notice(client, {"phq-9.item.9": 1}, about=None, by=client)
    assert "Please have the therapist call" not in read(staff, "/desk/")
    notice(client, {"asked.help": 1}, about=None, by=client)
    page = read(staff, "/desk/")
    assert "Please have the therapist call" in page
    assert client.display_name in page
    assert therapist.display_name in page
    assert not any(word in page for word in ("PHQ", "item 9", "needs_help", "Asked for help"))
