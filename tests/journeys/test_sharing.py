"""Sharing and taking back, on the running stack: two people, two browsers, each looking at once after the other's tap."""

import re

import pytest
from playwright.sync_api import Page, expect

from .people import DESK, Seats
from .stack import Stack

pytestmark = pytest.mark.slow
HELD = "Bilbyhush"  # nothing else in the house holds this word
GIVEN = "The part about the harbour is for you."
LINE = "There is something to make room for."
CLIENT = "SELECT id FROM people_person WHERE email = 'client@demo.example.org'"


def write(page: Page, text: str) -> str:
    """A private entry; its path."""
    page.goto("/journal/new/")
    page.get_by_label("Your words").fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".written")).to_be_visible()
    return re.sub(r"^https?://[^/]+", "", page.url)


def record(stack: Stack) -> str:
    return f"/care/{stack.sql(CLIENT)[0][0]}/"


def shown(page: Page, path: str) -> str:
    page.goto(path)
    return page.content()


def test_an_entry_is_there_when_it_is_shared_and_gone_when_it_is_taken_back(seats: Seats, stack: Stack) -> None:
    with seats.of("client") as phone, seats.of("therapist", viewport=DESK) as desk:
        own, theirs = phone.new_page(), desk.new_page()
        path = write(own, f"{HELD} at the harbour.")
        assert HELD not in shown(theirs, record(stack))
        own.get_by_text("Change who may read it").click()
        own.get_by_label("My therapist").check(force=True)
        own.get_by_role("button", name="Save who may read it").click()
        expect(own.get_by_text("can read it.").first).to_be_visible()
        assert HELD in shown(theirs, record(stack))
        theirs.goto(f"{record(stack)}entries/{path.split('/')[2]}/")
        expect(theirs.get_by_text(HELD)).to_be_visible()
        own.reload()
        expect(own.get_by_text(" read this on ")).to_be_visible()
        own.get_by_text("Change who may read it").click()
        own.get_by_label("Only me").check(force=True)
        own.get_by_role("button", name="Save who may read it").click()
        expect(own.get_by_text("may have read it already (last looked")).to_be_visible()
        theirs.reload()
        assert HELD not in theirs.content()
        assert HELD not in shown(theirs, record(stack))
        own.get_by_text("Who could read it since when").click()
        expect(own.get_by_text("your therapist could read it")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["selecting a few words", "ticking a part without scripts"])
def test_a_passage_is_brought_read_and_taken_back_and_nothing_around_it_is_seen(
    seats: Seats, stack: Stack, scripts: bool
) -> None:
    with seats.of("client", java_script_enabled=scripts) as phone, seats.of("therapist", viewport=DESK) as desk:
        own, theirs = phone.new_page(), desk.new_page()
        path = write(own, f"{HELD} before.\n{GIVEN}\n{HELD} after.")
        own.get_by_role("link", name="Mark a passage to bring").click()
        if scripts:
            own.get_by_text(GIVEN).click(click_count=3)
            expect(own.locator("[data-picked] blockquote")).to_have_text(GIVEN)
        else:
            own.get_by_label(GIVEN).check()
        own.get_by_role("button", name="Bring this part").click()
        expect(own.get_by_role("button", name="Take it back")).to_be_visible()
        brief = shown(theirs, f"{record(stack)}brief/")
        assert GIVEN in brief
        assert HELD not in brief
        theirs.get_by_role("listitem").filter(has_text=GIVEN).get_by_role("link", name="A passage to bring").click()
        expect(theirs.get_by_text(GIVEN)).to_be_visible()
        assert HELD not in theirs.content()
        own.goto(path)
        expect(own.get_by_text(", read on ")).to_be_visible()
        own.get_by_role("button", name="Take it back").click()
        expect(own.get_by_text("may have read it already (last looked")).to_be_visible()
        answer = theirs.reload()
        assert answer is not None
        assert answer.status == 404
        assert GIVEN not in shown(theirs, f"{record(stack)}brief/")


def test_something_to_raise_is_one_line_on_the_brief_until_it_was_said(seats: Seats, stack: Stack) -> None:
    with seats.of("client") as phone, seats.of("therapist", viewport=DESK) as desk:
        own, theirs = phone.new_page(), desk.new_page()
        own.goto("/journal/raise/")
        for _ in range(own.get_by_role("button", name="Said, or not needed any more").count()):
            own.get_by_role("button", name="Said, or not needed any more").first.click()
        assert LINE not in shown(theirs, f"{record(stack)}brief/")
        write(own, f"{HELD}, and I'll say it myself.")
        own.get_by_role("button", name="I'd rather raise it myself").click()
        expect(own.get_by_text("There's something I find hard to start with.")).to_be_visible()
        brief = shown(theirs, f"{record(stack)}brief/")
        assert LINE in brief
        assert HELD not in brief
        own.get_by_role("button", name="Said, or not needed any more").click()
        expect(own.get_by_role("button", name="Said, or not needed any more")).to_have_count(0)
        assert LINE not in shown(theirs, f"{record(stack)}brief/")


def test_going_back_from_what_was_found_shows_it_again_and_asks_nothing(seats: Seats) -> None:
    with seats.of("client") as phone:
        own = phone.new_page()
        write(own, f"{HELD} by the steps.")
        own.goto("/journal/search/")
        own.get_by_label("Words to look for").fill(HELD.upper())
        own.get_by_role("button", name="Look for it").click()
        expect(own.locator("mark").first).to_have_text(HELD)
        assert HELD.lower() not in own.url.lower()
        own.locator("ul.rows a").first.click()
        expect(own.locator(".written")).to_be_visible()
        own.go_back()
        expect(own.locator("mark").first).to_have_text(HELD)
