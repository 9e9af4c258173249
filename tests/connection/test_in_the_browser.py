"""Two people on their pages: four lines, a guess, both side by side; and a person's word that they read something."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Alliance, Person
from koru.sealing.keyring import keyring
from tests.care.world import write
from tests.looks import look_at_all

from .world import make_pair, met, said, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
Pair = tuple[Person, Person]


@pytest.fixture
def people() -> Pair:
    client, therapist = make_pair()
    Alliance.objects.update(since=timezone.now() - timedelta(days=30))
    return client, therapist


def seated(browser: Browser, live_server: LiveServer, person: Person, *, scripts: bool = True) -> Page:
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    context.add_cookies([{"name": name, "value": signed_in(person).cookies[name].value, "url": live_server.url}])
    return context.new_page()


def test_one_says_how_it_was_the_other_guesses_and_both_see_both(browser: Browser, live_server: LiveServer, people: Pair) -> None:
    client, therapist = people
    met(client, therapist)
    own, theirs = seated(browser, live_server, client), seated(browser, live_server, therapist, scripts=False)
    own.goto("/today/")
    own.get_by_role("link", name="Four lines").click()
    expect(own.get_by_role("heading", name="This is for the two of you.")).to_be_visible()
    heard = own.get_by_role("radiogroup", name="How well did your therapist get what you meant?")
    heard.get_by_role("radio").nth(7).focus()
    own.keyboard.press("Space")
    own.keyboard.press("ArrowRight")
    expect(heard.get_by_role("radio").nth(8)).to_be_checked()
    own.get_by_role("button", name="Share with").click()
    expect(own.get_by_text("Not opened yet.")).to_be_visible()
    theirs.goto(f"/care/{client.pk}/brief/")
    theirs.get_by_role("link", name="guess first, or show").click()
    expect(theirs.get_by_role("heading", name="How do you think it was?")).to_be_visible()
    theirs.locator("#id_heard_5").check(force=True)
    theirs.get_by_role("button", name="Keep my guess and see both").click()
    for page in (theirs, own):
        page.reload()
        expect(page.get_by_text("Where we saw it differently could be worth a minute.")).to_be_visible()
        expect(page.get_by_label("8 of 10").first).to_be_visible()
    for page in (own, theirs):
        page.context.close()


def test_a_person_says_that_they_read_it_and_the_client_sees_it(browser: Browser, live_server: LiveServer, people: Pair) -> None:
    client, therapist = people
    entry = write(client)
    own, theirs = seated(browser, live_server, client), seated(browser, live_server, therapist)
    theirs.goto(f"/care/{client.pk}/entries/{entry.pk}/")
    theirs.get_by_label("A line of thanks").fill("Thank you for this.")
    theirs.get_by_role("button", name="I read this").click()
    expect(theirs.get_by_role("heading", name="You said that you read this")).to_be_visible()
    own.goto("/today/")
    own.get_by_role("link", name="read what you wrote").click()
    expect(own.get_by_text("“Thank you for this.”")).to_be_visible()
    for page in (own, theirs):
        page.context.close()


def test_every_page_of_it_is_for_everybody(browser: Browser, live_server: LiveServer, people: Pair) -> None:
    client, therapist = people
    entry, now = write(client), timezone.now()
    rows = []
    with keyring():
        for days in (9, 6, 3):
            rows.append(said(client, met(client, therapist, now - timedelta(days=days))))
    asked, reader = met(client, therapist), signed_in(therapist)
    for row in rows[:2]:
        reader.post(f"/care/{client.pk}/connection/{row.pk}/", {"heard": "50", "way": "90"})
    reader.post(f"/care/{client.pk}/entries/{entry.pk}/read/", {"words": "Thank you."})
    own, theirs = seated(browser, live_server, client), seated(browser, live_server, therapist)
    look_at_all(own, ["/connection/", f"/connection/after/{asked.pk}/", f"/connection/{rows[0].pk}/", f"/journal/{entry.pk}/"])
    record = f"/care/{client.pk}/"
    pages = ["connection/", f"connection/{rows[2].pk}/", f"connection/{rows[0].pk}/", f"entries/{entry.pk}/", "brief/"]
    look_at_all(theirs, [f"{record}{page}" for page in pages])
    for page in (own, theirs):
        page.context.close()
