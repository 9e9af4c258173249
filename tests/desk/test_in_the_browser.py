"""The desk in a real browser: no scripts, keys alone, narrow and wide, light and dark."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.desk.seeding.demo import make_demo
from koru.people.consents import has_consent, is_cleared
from koru.people.models import Invitation, Person
from scheduling.models import Appointment, ConsultationRequest
from tests.days import this_day
from tests.looks import SIZES, look_at_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(live_server: LiveServer) -> Person:
    """The demo's practice; the one at its desk."""
    make_demo(timezone.now())
    person: Person = Person.objects.get(email="staff@demo.example.org")
    return person


def sign_in(context: BrowserContext, person: Person, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.fixture
def desk(page: Page, house: Person, live_server: LiveServer) -> Page:
    sign_in(page.context, house, live_server)
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


@pytest.fixture
def without_script(browser: Browser, house: Person, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 844})
    sign_in(context, house, live_server)
    yield context.new_page()
    context.close()


def test_without_script_a_visitor_is_met_and_invited(without_script: Page) -> None:
    page = without_script
    page.goto("/desk/requests/")
    page.get_by_role("link", name=re.compile("Offer a time.*Teasel")).click()
    page.get_by_role("link", name="Offer a time").click()
    page.locator("label.slot").first.click()
    page.get_by_role("button", name="Book this time").click()
    page.get_by_role("link", name="Their request").click()
    page.get_by_role("button", name="Mark as held").click()
    page.get_by_label("Therapist").select_option(label="Demo Hazel")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("Invited. The link is on its way.")).to_be_visible()
    asked = ConsultationRequest.objects.get(name="Demo Teasel")
    assert (asked.state, asked.appointments.get().state) == ("invited", "met")
    assert Invitation.objects.get(about=asked.pk).therapist == Person.objects.get(display_name="Demo Hazel")


def test_without_script_papers_are_recorded_and_a_session_is_booked(without_script: Page) -> None:
    page, someone = without_script, Person.objects.get(email="newclient@demo.example.org")
    page.goto(f"/desk/clients/{someone.pk}/")
    page.get_by_role("link", name="Treatment").click()
    page.get_by_role("button", name="Record the yes").click()
    expect(page.get_by_role("alert")).to_contain_text("tick this")
    page.get_by_label("The client has read these words").check()
    page.get_by_role("button", name="Record the yes").click()
    page.get_by_role("link", name="Record", exact=True).click()
    page.get_by_label("Prescriber").fill("Demo Prescriber")
    page.get_by_role("radio", name="Cleared").check(force=True)
    page.get_by_label("Valid until").fill(str(this_day() + timedelta(days=90)))
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("link", name="Book for them")).to_be_visible()
    assert has_consent(someone, "treatment")
    assert is_cleared(someone, this_day())
    page.get_by_role("link", name="Book for them").click()
    page.locator("label.slot").last.click()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_text("Booked. A mail with the time is on its way to them.")).to_be_visible()
    assert Appointment.objects.dosing().filter(client=someone).count() == 1


def test_by_keyboard_the_day_leads_to_an_appointment(desk: Page) -> None:
    desk.goto("/desk/")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the page")).to_be_focused()
    desk.get_by_role("link", name=re.compile("Demo Clover.*Moss room", re.S)).press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Demo Clover")


def test_the_open_page_takes_in_a_new_appointment_and_keeps_the_focus(desk: Page) -> None:
    desk.goto("/desk/")
    link = desk.locator("a.busy").first
    link.focus()
    kept = link.get_attribute("id")
    moved = Appointment.objects.filter(request__name="Demo Bramble").get()
    Appointment.objects.filter(pk=moved.pk).update(state="missed")
    expect(desk.get_by_text("Nobody came").first).to_be_attached(timeout=12_000)
    assert desk.evaluate("document.activeElement.id") == kept


PAGES = (
    "",
    "?by=room",
    "requests/",
    "requests/{booked}/",
    "requests/{met}/",
    "requests/{met}/contact/",
    "find/?q=demo",
    "book/caller/?q=Sorrel",
    "clients/",
    "clients/invite/",
    "clients/{client}/",
    "clients/{client}/contact/",
    "clients/{client}/clearance/",
    "clients/{client}/consents/treatment/",
    "clients/{client}/consents/sms/",
    "book/?q=demo",
    "book/?client={client}",
    "appointments/{appointment}/",
    "appointments/{appointment}/move/",
    "appointments/{appointment}/cancel/",
)


def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk: Page) -> None:
    someone = Person.objects.get(email="client@demo.example.org")
    known = {
        "client": someone.pk,
        "met": ConsultationRequest.objects.filter(state="met").values_list("pk", flat=True)[0],
        "booked": ConsultationRequest.objects.filter(state="booked").values_list("pk", flat=True)[0],
        "appointment": Appointment.objects.filter(client=someone, state="booked").values_list("pk", flat=True)[0],
    }
    look_at_all(desk, [f"/desk/{path.format(**known)}" for path in PAGES], [*SIZES, (1280, "dark")])
