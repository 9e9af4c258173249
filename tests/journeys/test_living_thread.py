"""The whole story, in order, on the running stack: from a visitor's free talk to the client seeing who looked.

One test a step of it; each begins where the one before has ended.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.stack.running import until

from .people import DESK, seated, sign_in, waking_zone
from .stack import Stack
from .story import ADDRESS, AS_BOOKED, NAME, Story, bring_to, choose, pick, read_in_mailbox

pytestmark = pytest.mark.slow

SECRET = "A line about the harbour that nobody else reads."
NOTE = "A slow morning with tea."
TAPS = {"How are you right now": "Good, 6 of 7", "How is your energy": "Some, 3 of 5", "How tense": "A little, 2 of 5"}
WAY_HOME = "Demo Alder, who drives me"
INTENTION = "I would like to be a little less busy, and to let the quiet be quiet."


@pytest.fixture(scope="module")
def story(browser: Browser, stack: Stack) -> Iterator[Story]:
    zone = waking_zone()
    with (
        seated(browser, stack, timezone_id=zone, has_touch=True) as phone,
        seated(browser, stack, viewport=DESK) as desk,
        seated(browser, stack, viewport=DESK) as room,
    ):
        yield Story(stack, phone.new_page(), desk.new_page(), room.new_page())


def test_a_visitor_books_a_free_talk_without_an_account(story: Story) -> None:
    page = story.phone
    page.goto("/")
    page.get_by_role("link", name="Pick a time for a free talk").click()
    pick(page, 2)
    page.get_by_label("What should we call you?").fill(NAME)
    page.get_by_label("Email").fill(ADDRESS)
    page.wait_for_timeout(2100)  # nobody is that quick
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()


def test_its_mail_is_there_at_once_and_its_link_shows_the_time_after_two_moves(story: Story) -> None:
    page, stack = story.phone, story.stack
    story.link = stack.mail(ADDRESS, "Your call with us is booked").link("/consultation/")
    read_in_mailbox(page, ADDRESS, "Your call with us is booked")
    page.locator(f"a[href$='{story.link}']").first.click()
    shown = [page.locator("#when").inner_text()]
    for number in (5, 9):
        page.get_by_role("link", name="Move it").click()
        pick(page, number)
        page.get_by_role("button", name="Move to this time").click()
        expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
        page.goto(story.link)
        shown.append(page.locator("#when").inner_text())
    assert len(set(shown)) == 3
    changed = "SELECT count(*) FROM reminders_letter WHERE kind = 'appointment-changed' AND address = %s AND withdrawn_at IS NULL"
    assert stack.sql(changed, ADDRESS) == [(1,)], "two moves within two minutes are one word of change"


def test_staff_mark_it_held_and_invite(story: Story) -> None:
    page = story.desk
    sign_in(page, "staff@demo.example.org")
    page.goto("/desk/requests/")
    page.get_by_role("link", name=re.compile(f"See or move.*{NAME}")).click()
    page.get_by_role("button", name="Mark as held").click()
    page.get_by_label("Therapist").select_option(label="Demo Wren")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Invited")).to_be_visible()


def test_the_invitation_mail_leads_to_an_account(story: Story) -> None:
    page, stack = story.phone, story.stack
    invitation = stack.mail(ADDRESS, "Your invitation").link("/invitation/")
    read_in_mailbox(page, ADDRESS, "Your invitation")
    page.locator(f"a[href$='{invitation}']").first.click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_label("Email")).to_have_value(ADDRESS)
    page.get_by_label("Password").fill("quiet river under stones")
    page.get_by_label("I'm 18 or older").check()
    page.get_by_role("button", name="Make my account").click()
    expect(page).to_have_url(re.compile("/today/$"))
    assert story.client


def test_staff_record_consent_and_clearance(story: Story) -> None:
    page, today = story.desk, datetime.now(UTC).date()
    page.goto(f"/desk/clients/{story.client}/")
    page.get_by_role("link", name=re.compile("treatment", re.I)).click()
    page.get_by_label("The client has read these words and says yes").check()
    page.get_by_role("button", name="Record the yes").click()
    expect(page.get_by_role("status").filter(has_text="recorded.")).to_be_visible()
    page.goto(f"/desk/clients/{story.client}/")
    page.get_by_role("link", name="Record", exact=True).click()
    page.get_by_label("Prescriber").fill("Demo Juniper Moss, MD")
    choose(page, "^Cleared")
    page.get_by_label("Decided on").fill(str(today - timedelta(days=1)))
    page.get_by_label("Valid until").fill(str(today + timedelta(days=180)))
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Demo Juniper Moss, MD")).to_be_visible()


def test_the_client_books_two_and_a_half_hours_with_a_therapist_and_a_room(story: Story) -> None:
    page = story.phone
    page.goto("/today/")
    page.get_by_role("link", name="Choose a time").click()
    page.get_by_role("link", name="Dosing session").click()
    pick(page)
    page.get_by_label("Who is taking you home?").fill(WAY_HOME)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_text("Demo Wren").first).to_be_visible()
    session, _, room = story.session()
    lengths = "SELECT upper(during) - lower(during), upper(padded) - lower(padded) FROM scheduling_appointment WHERE id = %s"
    assert story.stack.sql(lengths, session) == [(timedelta(minutes=150), timedelta(minutes=195))]
    assert room is not None


def test_the_confirmation_comes_at_once_through_the_worker(story: Story) -> None:
    mail = story.stack.mail(ADDRESS, "Your appointment is booked")
    assert not re.search(r"dosing|ketamine|therap|Wren", mail.subject + mail.text, re.I)
    planned = {kind for (kind,) in story.stack.sql("SELECT kind FROM reminders_letter WHERE to_id = %s", story.client)}
    assert {"appointment-booked", "session-tomorrow", "first-morning"} <= planned
    [(zone, starts)] = story.stack.sql(
        "SELECT zone, lower(during) FROM people_person p JOIN scheduling_appointment a ON a.client_id = p.id WHERE p.id = %s"
        " AND a.kind_id = 'dosing'", story.client,
    )  # fmt: skip
    assert isinstance(zone, str)
    assert isinstance(starts, datetime)
    # two hours before, or at 8:00 where that is still an hour before; quiet hours begin at 21:00
    waking = time(9) <= starts.astimezone(ZoneInfo(zone)).time() < time(23)
    assert ("session-today" in planned) is waking


def test_a_reminder_is_made_due_for_the_beat_to_find(story: Story) -> None:
    words = (
        "UPDATE reminders_letter SET due_at = now(), try_at = now() WHERE to_id = %s AND kind = 'session-tomorrow' RETURNING id"
    )
    assert len(story.stack.sql(words, story.client)) == 1


def test_a_prompt_that_fits_is_offered_with_its_reason(story: Story) -> None:
    page = story.phone
    page.goto("/today/")
    offer = page.locator("section", has=page.get_by_text("An invitation to write"))
    expect(offer).to_contain_text(re.compile(r"your session is (in \d+ days|tomorrow)", re.I))
    offer.get_by_role("link", name="Begin").click()
    page.get_by_label("Your words").fill(INTENTION)
    choose(page, "^Bring to session")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(INTENTION)).to_be_visible()
    expect(page.get_by_role("heading", name="Bring to session")).to_be_visible()


def test_another_entry_stays_with_the_client(story: Story) -> None:
    page = story.phone
    page.goto("/journal/new/")
    page.get_by_label("Your words").fill(SECRET)
    choose(page, "^Only me")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_the_beat_sends_the_reminder_that_was_due(story: Story) -> None:
    found = "SELECT id FROM reminders_letter WHERE to_id = %s AND kind = 'session-tomorrow' AND sent_at IS NOT NULL"
    assert until(lambda: bool(story.stack.sql(found, story.client)), 90)
    number = story.stack.sql(found, story.client)[0][0]
    [mail] = [one for one in story.stack.mails(ADDRESS) if str(number) in one.id]
    page = story.phone
    read_in_mailbox(page, ADDRESS, mail.subject)
    expect(page.get_by_role("heading", name=mail.subject)).to_be_visible()


def test_the_therapist_sees_who_comes_and_reads_what_is_brought_first(story: Story) -> None:
    page = story.room
    sign_in(page, "therapist@demo.example.org")
    expect(page.get_by_role("region", name="New since you last looked")).to_contain_text(NAME)
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="Brief").click()
    first = page.get_by_role("region", name="In their words")
    expect(first).to_contain_text(INTENTION)
    expect(first).to_contain_text("Bring to session")
    expect(page.locator("main")).not_to_contain_text(SECRET)


def test_the_therapist_starts_and_ends_the_session_and_the_client_is_left_in_peace(story: Story) -> None:
    page, phone = story.room, story.phone
    bring_to(story, timedelta(minutes=-40))
    page.reload()
    page.get_by_role("button", name="It has started").click()
    expect(page.get_by_role("button", name="It has ended")).to_be_visible()
    phone.goto("/today/")
    expect(phone.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    page.get_by_role("button", name="It has ended").click()
    expect(page.get_by_text("Ended. What follows is planned from now.")).to_be_visible()
    assert story.stack.sql("SELECT state FROM scheduling_appointment WHERE id = %s", story.session()[0]) == [("met",)]
    phone.reload()
    expect(phone.get_by_role("link", name="A line, if you like")).to_be_visible()


def test_the_next_morning_the_offer_is_one_of_the_first_day(story: Story) -> None:
    bring_to(story, timedelta(hours=-26))
    story.stack.sql(AS_BOOKED, story.session()[0])
    story.stack.sql("DELETE FROM reminders_hush WHERE about = %s", story.session()[0])
    page = story.phone
    page.goto("/today/")
    offer = page.locator("section", has=page.get_by_text("An invitation to write"))
    expect(offer).to_contain_text(re.compile("session was (yesterday|today)|morning after|yesterday", re.I))


def test_what_the_therapist_picks_is_asked_and_a_check_in_takes_a_few_taps(story: Story) -> None:
    room, page = story.room, story.phone
    room.goto(f"/care/{story.client}/plan/")
    room.get_by_text("Add a symptom").click()
    room.get_by_label("A symptom", exact=True).select_option(label="Feeling restless")
    room.get_by_role("button", name="Ask about it").click()
    page.goto("/today/")
    page.get_by_role("link", name="Check in").first.click()
    for question, answer in TAPS.items():
        page.get_by_role("radiogroup", name=question).locator("label", has=page.get_by_text(answer, exact=True)).click()
    expect(page.get_by_role("radiogroup", name="Feeling restless")).to_be_visible()
    page.get_by_text("Add a note").click()
    page.get_by_label("Anything to add?").fill(NOTE)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Good")).to_be_visible()
    assert story.stack.sql("SELECT count(*) FROM moodtracking_checkin WHERE client_id = %s", story.client) == [(1,)]


def test_the_therapist_finds_all_of_it_on_the_timeline_and_nothing_private(story: Story) -> None:
    page = story.room
    page.goto("/care/")
    page.get_by_role("link", name=NAME).first.click()
    timeline = page.locator("ol.timeline")
    for words in ("Dosing session", INTENTION[:40]):
        expect(timeline).to_contain_text(words)
    expect(page.locator("main")).not_to_contain_text(SECRET)
    expect(page.locator("main")).not_to_contain_text(NOTE)
    page.get_by_role("link", name="Brief").click()
    expect(page.get_by_role("heading", name="Since the last session")).to_be_visible()


def test_the_client_sees_who_looked_and_when(story: Story) -> None:
    page = story.phone
    page.goto("/settings/")
    looked = page.get_by_role("region", name="Who looked")
    expect(looked).to_contain_text("Demo Wren")
    looked.get_by_role("link", name="All of them").click()
    expect(page.get_by_role("region", name="Looks, newest first")).to_contain_text("brief", ignore_case=True)
