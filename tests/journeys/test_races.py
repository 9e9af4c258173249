"""Two at once, twice in a row, and back again: one row each, kind words, and nothing typed is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .people import Seats, seated, sign_in
from .stack import Stack

pytestmark = pytest.mark.slow

SEND_TWICE = """async (form) => {
    const send = () => fetch(form.action, { method: "POST", body: new FormData(form) }).then((r) => r.status);
    return Promise.all([send(), send()]);
}"""
LET_IN = """
UPDATE people_person SET password = (SELECT password FROM people_person WHERE email = 'client@demo.example.org')
WHERE email = %s
"""


@pytest.fixture
def page(seats: Seats) -> Iterator[Page]:
    with seats.of("client") as context:
        yield context.new_page()


def count(stack: Stack, table: str) -> int:
    counted = {
        "entries": "SELECT count(*) FROM journaling_entry",
        "check-ins": "SELECT count(*) FROM moodtracking_checkin WHERE deleted_at IS NULL",
        "appointments": "SELECT count(*) FROM scheduling_appointment",
        "requests": "SELECT count(*) FROM scheduling_consultationrequest",
    }
    [(number,)] = stack.sql(counted[table])
    return int(str(number))


def ready_to_book(page: Page, way_home: str) -> set[str]:
    """The open times of a session in that week, none picked yet."""
    page.goto("/sessions/book/")
    page.get_by_label("Who is taking you home?").fill(way_home)
    shown: list[str] = page.locator("#id_start_0 input:not([disabled])").evaluate_all("all => all.map(one => one.value)")
    return set(shown)


def pick(page: Page, start: str) -> None:
    page.locator(f"#id_start_0 input[value='{start}']").first.check(force=True)


def test_two_clients_race_for_one_session_and_the_second_is_met_kindly(seats: Seats, stack: Stack) -> None:
    """The first who picks it holds it; the second is told as they pick it, before they press anything."""
    stack.sql(LET_IN, "sage@demo.example.org")
    with seats.of("client") as mine, seated(seats.browser, stack) as theirs:
        first, second = mine.new_page(), theirs.new_page()
        sign_in(second, "sage@demo.example.org")
        start = max(ready_to_book(first, "Demo Alder") & ready_to_book(second, "Demo Hawthorn, 555 0100"))
        pick(first, start)
        expect(first.get_by_text("Held for you until")).to_be_visible()
        pick(second, start)
        expect(second.locator("#choice")).to_contain_text(re.compile("taken", re.I))
        near = second.get_by_role("group", name="Nearest open times").locator("input")
        expect(near).to_have_count(3)
        expect(second.get_by_label("Who is taking you home?")).to_have_value("Demo Hawthorn, 555 0100")
        near.first.check(force=True)
        expect(second.get_by_text("Held for you until")).to_be_visible()
        for page in (first, second):
            page.get_by_role("button", name="Book this time").click()
            expect(page.get_by_role("link", name="Another time")).to_be_visible()


def sent_twice(page: Page) -> list[int]:
    statuses: list[int] = page.locator("main form[method=post]").first.evaluate(SEND_TWICE)
    return statuses


def test_an_entry_sent_twice_is_kept_once(page: Page, stack: Stack) -> None:
    page.goto("/journal/new/")
    page.get_by_label("Your words").fill("Sent twice.")
    before = count(stack, "entries")
    assert max(sent_twice(page)) < 400
    assert count(stack, "entries") == before + 1


def test_a_check_in_sent_twice_is_kept_once(page: Page, stack: Stack) -> None:
    page.goto("/check-in/")
    before = count(stack, "check-ins")
    page.get_by_role("radio", name="Good, 6 of 7").check(force=True)
    assert max(sent_twice(page)) < 400
    assert count(stack, "check-ins") == before + 1


def test_a_booking_sent_twice_is_made_once(page: Page, stack: Stack) -> None:
    page.goto("/sessions/book/?for=2")
    page.locator("#id_start_0 input:not([disabled])").last.check(force=True)
    before = count(stack, "appointments")
    assert max(sent_twice(page)) < 400
    assert count(stack, "appointments") == before + 1


def test_a_free_talk_sent_twice_is_booked_once(seats: Seats, stack: Stack) -> None:
    with seats.of("") as context:
        page = context.new_page()
        page.goto("/consultation/")
        page.locator("#id_at input").nth(2).check(force=True)
        page.get_by_label("What should we call you?").fill("Demo Larch")
        page.get_by_label("Email").fill("larch@example.org")
        page.wait_for_timeout(2100)  # nobody is that quick
        before = count(stack, "requests")
        assert max(sent_twice(page)) < 400
        assert count(stack, "requests") == before + 1


def test_going_back_and_saving_again_makes_no_second_entry(page: Page, stack: Stack) -> None:
    page.goto("/journal/new/")
    page.get_by_label("Your words").fill("Saved, and then back.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved, and then back.")).to_be_visible()
    before = count(stack, "entries")
    page.go_back()
    expect(page.get_by_label("Your words")).to_have_value("Saved, and then back.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("article")).to_contain_text("Saved, and then back.")
    assert count(stack, "entries") == before


def test_a_page_that_is_out_of_date_is_answered_in_words(page: Page, stack: Stack) -> None:
    """The move's page is open while the appointment is cancelled in another tab."""
    page.goto("/sessions/book/?for=2")
    page.locator("#id_start_0 input:not([disabled])").last.check(force=True)
    page.get_by_role("button", name="Book this time").click()
    page.get_by_role("link", name="Another time").click()
    page.locator("#id_start_0 input:not([disabled])").first.check(force=True)
    session = page.url.split("/")[-3]
    stack.sql("UPDATE scheduling_appointment SET state = 'cancelled' WHERE id = %s", session)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Move").click()
    assert answered.value.status < 500
    expect(page.locator("main")).to_contain_text(re.compile("cancelled|can't be changed|call", re.I))


def test_a_session_that_ends_while_writing_costs_no_word(seats: Seats, stack: Stack) -> None:
    with seated(seats.browser, stack) as context:
        page = context.new_page()
        sign_in(page, "client@demo.example.org")
        page.goto("/journal/new/")
        words = "Half a sentence, and then the session"
        page.get_by_label("Your words").fill(words)
        name = next(cookie["value"] for cookie in context.cookies() if "session" in cookie["name"])
        assert len(stack.sql("DELETE FROM django_session WHERE session_key = %s RETURNING session_key", name)) == 1
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_label("Password", exact=True).fill("koru-demo-unfurl")
        page.get_by_label("Email").fill("client@demo.example.org")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator("main")).to_contain_text(words)
