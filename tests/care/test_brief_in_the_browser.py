"""The brief in a real browser: used by everybody, printed on one A4 page, read first by its client."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.care.seeding import add_notes
from koru.desk.seeding.demo import make_demo
from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.agreed import MOST
from scheduling.models import Appointment
from tests.looks import look_at_all
from tests.safety.test_plan_in_the_browser import sign_in
from tests.scheduling.agreed import agreed

from .brief_text import towards
from .world import appointment

pytestmark = pytest.mark.django_db(transaction=True)
A_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def demo(live_server: LiveServer) -> tuple[Person, Person, Appointment]:
    """The demo's client, who has something of everything, their therapist, and a call in three hours."""
    make_demo(timezone.now())
    client = Person.objects.get(email="client@demo.example.org")
    therapist = Person.objects.get(email="therapist@demo.example.org")
    Appointment.objects.filter(therapist=therapist, state="booked").delete()
    Appointment.objects.filter(client=client, state="booked").delete()
    soon = appointment(client, therapist, timezone.now() + timedelta(hours=3))
    add_notes(timezone.now())
    return client, therapist, soon


def test_a_full_brief_prints_on_one_page(page: Page, live_server: LiveServer, demo: tuple[Person, Person, Appointment]) -> None:
    client, therapist, _ = demo
    for number in range(MOST - 1):
        agreed(client, therapist, f"Line {number} of what the two of them said they would do until they meet again")
    with keyring():
        towards(client, "Go to the shop at the corner on an ordinary afternoon without planning the way back first")
    sign_in(page, live_server, therapist)
    page.goto(f"/care/{client.pk}/brief/")
    expect(page.get_by_role("heading", name="Practical")).to_be_visible()
    assert len(A_PAGE.findall(page.pdf(prefer_css_page_size=True))) == 1


def test_the_client_reads_it_first_and_takes_something_back(
    page: Page, live_server: LiveServer, demo: tuple[Person, Person, Appointment]
) -> None:
    client, _, soon = demo
    sign_in(page, live_server, client)
    page.goto("/today/")
    page.get_by_role("link", name="will read").click()
    expect(page.get_by_role("heading", name="will read")).to_be_visible()
    page.get_by_label("A line of your own, if you like").fill("Could we begin slowly?")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("blockquote").filter(has_text="Could we begin slowly?")).to_be_visible()
    before = page.get_by_role("button", name="Keep it to myself").count()
    page.get_by_role("button", name="Keep it to myself").first.click()
    expect(page.get_by_role("button", name="Keep it to myself")).to_have_count(before - 1)
    look_at_all(page, ["/sessions/agreed/", f"/sessions/{soon.pk}/brief/", f"/sessions/{soon.pk}/"])


def test_a_therapists_pages_can_be_used_by_everybody(
    page: Page, live_server: LiveServer, demo: tuple[Person, Person, Appointment]
) -> None:
    client, therapist, _ = demo
    sign_in(page, live_server, therapist)
    look_at_all(page, [f"/care/{client.pk}/{path}/" for path in ("brief", "agreed", "notes")])
