"""The day of a session in a browser: without scripts, by keyboard, and what an open page learns by itself."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.moments.spans import Span
from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.models import Appointment, ChecklistTick, SoonerOffer, SoonerWish, TrustedPerson
from scheduling.offering_sooner import matches, offer
from scheduling.trusting import Named, ask_somebody
from scheduling.waiting import Waits, wait_for_sooner
from tests.looks import look_at_all

from .practice import Practice, kind_of, make_practice
from .test_session_browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(live_server: LiveServer) -> Practice:
    cache.clear()
    return make_practice(zone_of_noon(timezone.now()))


def zone_of_noon(now: datetime) -> str:
    """Where it is about noon: what is ten minutes off is today there, at whatever hour the test runs."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"


def session_in(house: Practice, ahead: timedelta) -> Appointment:
    span = Span.lasting(timezone.now() + ahead, 150)
    return Appointment.objects.create(
        kind_id="dosing", client=house.client, therapist=house.therapist, room=house.room, place="room", before=15, after=30,
        during=span.range, padded=span.padded(15, 30).range,
    )  # fmt: skip


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[Person | None], Page]]:
    """A page without scripts, of somebody or of nobody."""
    contexts = []

    def opened(person: Person | None) -> Page:
        contexts.append(browser.new_context(java_script_enabled=False, base_url=live_server.url))
        if person:
            sign_in(contexts[-1], person, live_server)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def test_without_scripts_a_line_is_ticked_somebody_is_asked_and_they_say_yes(
    house: Practice, plain: Callable[[Person | None], Page]
) -> None:
    made = session_in(house, timedelta(days=5))
    own = plain(house.client)
    own.goto(f"/sessions/{made.pk}/")
    own.get_by_role("button", name="The evening is free").click()
    expect(own.get_by_role("button", name="The evening is free", pressed=True)).to_be_visible()
    assert ChecklistTick.objects.count() == 1
    own.get_by_role("link", name="Ask them").click()
    own.get_by_label("Who fetches you?").fill("Demo Lark")
    own.get_by_role("button", name="Ask them").click()
    link = own.get_by_label("Their link, to pass on yourself").input_value()
    lark = plain(None)
    lark.goto("/pick-up/" + link.split("/pick-up/")[1])
    lark.get_by_role("button", name="Yes, I’ll be there").click()
    expect(lark.get_by_text("You said yes.")).to_be_visible()
    own.reload()
    expect(own.get_by_text("said yes: they fetch you")).to_be_visible()


def test_by_keyboard_a_tick_is_kept_and_the_focus_stays(page: Page, house: Practice, live_server: LiveServer) -> None:
    made = session_in(house, timedelta(days=5))
    sign_in(page.context, house.client, live_server)
    page.goto(f"/sessions/{made.pk}/")
    line = page.get_by_role("button", name="Work and family know")
    line.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Work and family know", pressed=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Work and family know", pressed=False)).to_be_focused()
    assert not ChecklistTick.objects.exists()


def test_one_tap_at_the_desk_and_the_therapists_open_pages_say_so(
    page: Page, house: Practice, live_server: LiveServer, plain: Callable[[Person | None], Page]
) -> None:
    made = session_in(house, timedelta(minutes=10))
    sign_in(page.context, house.therapist, live_server)
    page.goto("/care/")
    brief = page.context.new_page()
    brief.goto(f"/care/{house.client.pk}/brief/")
    desk = plain(house.staff)
    desk.goto(f"/desk/appointments/{made.pk}/")
    desk.get_by_role("button", name="They are here").click()
    expect(desk.get_by_role("heading", name="Here since")).to_be_visible()
    for open_page in (page, brief):
        expect(open_page.get_by_text("Here since").first).to_be_visible(timeout=20_000)
    brief.get_by_role("button", name="It has started").press("Enter")
    expect(brief.get_by_role("heading", name="It is running")).to_be_visible()
    expect(page.get_by_text("Running since").first).to_be_visible(timeout=20_000)


def test_without_scripts_an_offered_time_is_taken(house: Practice, plain: Callable[[Person | None], Page]) -> None:
    made = session_in(house, timedelta(days=20))
    wait_for_sooner(Waits(kind=kind_of("dosing"), about=made), by=house.client)
    held = earlier(house, made)
    own = plain(house.client)
    own.goto("/sessions/")
    own.get_by_role("link", name="See it").click()
    own.get_by_role("button", name="Take it").click()
    expect(own.get_by_text("It is yours.")).to_be_visible()
    made.refresh_from_db()
    assert made.starts == held.start


def earlier(house: Practice, made: Appointment) -> SoonerOffer:
    wish = SoonerWish.objects.select_related("client", "request", "kind", "about", "about__kind", "about__therapist").get()
    with keyring():
        found = list(matches(wish, timezone.now()))[-1]
        return offer(wish, found.start, found.therapist_id, by=None)


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, house: Practice, live_server: LiveServer) -> None:
    near, far = session_in(house, timedelta(minutes=10)), session_in(house, timedelta(days=20))
    wait_for_sooner(Waits(kind=kind_of("dosing"), about=far), by=house.client)
    earlier(house, far)
    with keyring():
        token = ask_somebody(near, Named("Demo Lark"), by=house.client).token
    wish = SoonerOffer.objects.get().wish_id
    assert TrustedPerson.objects.exists()
    for person, paths in (
        (None, [f"/pick-up/{token}/"]),
        (house.client, ["/sessions/sooner/", *(f"/sessions/{far.pk}/{rest}" for rest in ("", "way-home/ask/", "sooner/"))]),
        (house.staff, [f"/desk/appointments/{near.pk}/", "/desk/sooner/", f"/desk/sooner/{wish}/"]),
        (house.therapist, [f"/sessions/{near.pk}/times/", "/care/"]),
    ):
        page.context.clear_cookies()
        if person:
            sign_in(page.context, person, live_server)
        look_at_all(page, paths)
