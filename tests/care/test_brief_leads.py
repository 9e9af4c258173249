"""Each line of a brief leads to what it rests on: to the thing's own page, or to its place in the timeline."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.safety.noticing import notice
from koru.safety.plan_words import PlanLine
from koru.safety.planning import Writing, keep
from koru.sealing.keyring import keyring
from moodtracking.checking_in import check_in as checked_in
from moodtracking.given import Given
from moodtracking.models import CheckIn
from scheduling.models import Appointment, AppointmentKind
from tests.practices.world import did

from .brief_text import dosing_before, full
from .test_brief_blocks import filled
from .world import appointment, check_in, signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
HERE = re.compile(r'<li class="moment[^"]*" id="here">.*?<time datetime="([^"]+)">.*?<h3[^>]*>(.*?)</h3>', re.DOTALL)


def brief_page(browser: Client, path: str) -> str:
    page = browser.get(path).content.decode()
    return page[page.index("data-brief") : page.index("</main>")]


def ways(page: str) -> dict[str, str]:
    """Where each link leads, by its words."""
    return {" ".join(re.sub(r"<[^>]+>", "", words).split()): unescape(href) for href, words in LINK.findall(page)}


def opened(browser: Client, address: str) -> str:
    """The page of a link, which has what its fragment names."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    page = answer.content.decode()
    fragment = urlsplit(address).fragment
    assert not fragment or f'id="{fragment}"' in page, address
    return page


def everything(pair: Pair) -> Appointment:
    client, therapist = pair
    session = full(client, therapist)
    met = Appointment.objects.get(client=client, state="met")
    with keyring():
        row = checked_in(Given({"side_effect:nausea": 2}), by=client, key=uuid4(), kind=CheckIn.Kind.SIDE_EFFECT, about=met)
        notice(client, {"phq-9.item.9": 1}, about=uuid4(), by=client)
        keep(client, Writing({"alone": (PlanLine("Sit by the window"),)}, 0, uuid4(), True), by=therapist)
    CheckIn.objects.filter(pk=row.pk).update(at=met.ended_at, still_there=["side_effect:nausea"])
    filled(pair, "phq-9", 11, 6)
    did(client, "slow-walk", ago=timedelta(days=3))
    return session


def test_every_way_out_of_a_brief_is_there_for_either_reader(pair: Pair, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00+00:00")
    session = everything(pair)
    for person, path in ((pair[1], f"/care/{pair[0].pk}/brief/"), (pair[0], f"/sessions/{session.pk}/brief/")):
        browser = signed_in(person)
        found = ways(brief_page(browser, path))
        for name in ("Sleep most nights", "Intention, last session", "The list", "Practices in four weeks", "9 days"):
            assert name in found
        for address in found.values():
            opened(browser, address)


def test_the_timeline_opens_at_what_a_line_rests_on(pair: Pair, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00+00:00")
    client, therapist = pair
    now = timezone.now()
    starts = dosing_before(client, therapist, 70).span.start
    for hour in range(1, 300):
        check_in(client, now - timedelta(days=12, hours=5 * hour))
    browser = signed_in(therapist)
    page = browser.get(f"/care/{client.pk}/brief/").content.decode()
    found = ways(page)
    at, title = here(browser, found["Tuesday 15 September"])
    assert (at, title) == (starts.isoformat(), AppointmentKind.objects.get(pk="dosing").name)
    newest = CheckIn.objects.filter(client=client).latest("at")
    assert here(browser, found["No check-ins since Thursday 12 November"]) == (newest.at.isoformat(), "Check-in")
    (quiet,) = (address for words, address in found.items() if words.startswith("Longest quiet stretch"))
    assert here(browser, quiet)[0] == newest.at.isoformat()


def here(browser: Client, address: str) -> tuple[str, str]:
    """When and what the moment is that a link to the timeline opens at."""
    ((at, title),) = HERE.findall(opened(browser, address))
    return at, title


@pytest.mark.parametrize(
    "at", ["", "yesterday", "2026-11-20", "0001-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "\x00", "a" * 4000]
)
def test_an_odd_place_is_as_if_it_was_not_there(pair: Pair, at: str) -> None:
    appointment(*pair, timezone.now() - timedelta(days=2), "met")
    answer = signed_in(pair[1]).get(f"/care/{pair[0].pk}/", {"at": at})
    assert answer.status_code == 200
    assert 'id="here"' not in answer.content.decode()
