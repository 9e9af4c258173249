"""What a client writes is found nowhere but on the pages of those it is for: a rare word in each field, then a search."""

import pytest
from playwright.sync_api import Page, expect

from .pages import found
from .people import Seats
from .stack import Stack
from .traces import all_of, shapes_of

pytestmark = pytest.mark.slow

RARE = "Quokkamirth"  # begins each word below; nothing else in the house does
SHOWN_TO_THE_DESK = "Numbatglow"  # what a visitor or client tells the desk; sealed all the same

SESSION = """
SELECT id FROM scheduling_appointment WHERE kind_id = 'dosing' AND state = 'booked' AND lower(during) > now()
  AND client_id = (SELECT id FROM people_person WHERE email = 'client@demo.example.org') LIMIT 1
"""


@pytest.fixture(scope="module")
def written(seats: Seats, stack: Stack) -> None:
    """Every text field of a client's pages and of the visitor's form, filled once."""
    with seats.of("") as context:
        asks(context.new_page())
    with seats.of("client") as context:
        page = context.new_page()
        writes(page)
        checks_in(page)
        tells_the_clinic(page, stack.sql(SESSION)[0][0])
        leaves_a_draft(page)


def asks(page: Page) -> None:
    page.goto("/consultation/")
    page.locator("#id_at label.slot:visible").nth(3).click()
    page.get_by_label("What should we call you?").fill("Demo Fern")
    page.get_by_label("Email").fill("fern@example.org")
    page.locator("[name=phone]").fill("555 0100 4242")
    page.locator("[name=note]").fill(f"{SHOWN_TO_THE_DESK} note")
    page.wait_for_timeout(2100)  # nobody is that quick
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()


def writes(page: Page) -> None:
    page.goto("/journal/new/")
    page.get_by_text("Add a title").click()
    if not page.get_by_label("A title").is_visible():
        page.get_by_text("Add a title").click()
    page.get_by_label("A title").fill(f"{RARE} title")
    page.get_by_label("Your words").fill(f"{RARE} words of an entry")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Your words").fill(f"{RARE} words, changed")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"{RARE} words, changed")).to_be_visible()


def checks_in(page: Page) -> None:
    page.goto("/check-in/")
    page.get_by_role("radio", name="Okay, 5 of 7").check(force=True)
    page.get_by_text("A little more").click()
    page.get_by_label("Something else").fill(f"{RARE} tag")
    page.get_by_text("Add a note").click()
    page.get_by_label("Anything to add?").fill(f"{RARE} note")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text(f"{RARE} note")).to_be_visible()


def tells_the_clinic(page: Page, session: object) -> None:
    page.goto("/settings/")
    region = page.get_by_role("region", name="Whom the clinic may call")
    region.get_by_label("Name").fill(f"{SHOWN_TO_THE_DESK} friend")
    region.get_by_label("Who they are to you").fill(f"{SHOWN_TO_THE_DESK} neighbour")
    region.get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    page.goto(f"/sessions/{session}/")
    page.get_by_label("Who is taking you home?").fill(f"{SHOWN_TO_THE_DESK} driver")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Who is taking you home?")).to_have_value(f"{SHOWN_TO_THE_DESK} driver")


def leaves_a_draft(page: Page) -> None:
    page.goto("/journal/new/")
    page.get_by_label("Your words").fill(f"{RARE} draft, not finished")
    expect(page.locator(".state")).to_contain_text("Saved at", timeout=30_000)


def test_the_search_finds_what_is_there(stack: Stack, written: None) -> None:
    """Else it would prove nothing: names are plain, and lie in a table and in mails."""
    hits = {where for where, content in all_of(stack) if b"Demo Fern" in content}
    assert "table scheduling_consultationrequest" in hits
    assert shapes_of("abcdef") >= {b"abcdef", b"616263646566"}


def test_no_word_is_in_a_dump_a_log_a_mail_a_session_or_valkey(stack: Stack, written: None) -> None:
    sought = shapes_of(RARE) | shapes_of(SHOWN_TO_THE_DESK) | {b"555 0100 4242"}
    hits = [(where, shape) for where, content in all_of(stack) for shape in sought if shape in content]
    assert hits == []


@pytest.mark.parametrize("role", ["", "therapist", "staff", "admin"])
def test_no_page_of_anybody_else_shows_a_private_word(seats: Seats, written: None, role: str) -> None:
    with seats.of(role) as context:
        pages = found(context, role, each=12)
    assert len(pages) > 8
    assert [path for path, html in pages.items() if RARE.lower() in html.lower()] == []


def test_the_client_finds_every_word_again(seats: Seats, written: None) -> None:
    with seats.of("client") as context:
        html = "".join(found(context, "client", each=12).values())
    for words in ("title", "words, changed", "tag", "note", "draft, not finished"):
        assert f"{RARE} {words}" in html, words


def test_no_address_and_no_log_line_holds_a_query_or_a_token(stack: Stack, written: None) -> None:
    logs = stack.log("web") + stack.log("worker") + stack.log("beat")
    tokens = [mail.link("/consultation/").split("/")[2] for mail in stack.mails("fern@example.org")[:1]]
    assert tokens
    assert [word for word in (*tokens, "fern@example.org", "?draft=", "csrfmiddlewaretoken") if word in logs] == []
