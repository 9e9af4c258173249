"""The people of the story and what they hold in their hands; and time, moved for them where a test can't wait."""

import re
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Page

from .stack import Stack

NAME, ADDRESS = "Demo Wilder", "wilder@example.org"
MAKE_ROOM = """
UPDATE scheduling_appointment SET state = 'cancelled'
WHERE id <> %(session)s AND (therapist_id = %(therapist)s OR room_id = %(room)s) AND state IN ('held', 'booked')
  AND padded && tstzrange(now() + %(from)s - interval '1 hour', now() + %(until)s + interval '1 hour')
"""
BRING = """
UPDATE scheduling_appointment
SET during = tstzrange(now() + %(from)s, now() + %(until)s),
    padded = tstzrange(now() + %(from)s - make_interval(mins => before), now() + %(until)s + make_interval(mins => after))
WHERE id = %(session)s
"""
AS_BOOKED = "UPDATE scheduling_appointment SET started_at = lower(during), ended_at = upper(during) WHERE id = %s"


@dataclass
class Story:
    """Who is at which screen, and what they hold in their hands."""

    stack: Stack
    phone: Page
    desk: Page
    room: Page
    link: str = ""

    @property
    def client(self) -> object:
        return self.stack.sql("SELECT id FROM people_person WHERE email = %s", ADDRESS)[0][0]

    def session(self) -> tuple[object, ...]:
        """Its id, therapist and room."""
        words = "SELECT id, therapist_id, room_id FROM scheduling_appointment WHERE client_id = %s AND kind_id = 'dosing'"
        return self.stack.sql(words, self.client)[0]


def pick(page: Page, number: int = 0) -> None:
    """A thumb on one of the open times."""
    page.locator("#id_at label.slot:visible, #id_start_0 label.slot:not(.held):visible").nth(number).click()


def choose(page: Page, name: str) -> None:
    """A thumb on the words of a choice."""
    page.locator("label:visible", has_text=re.compile(name)).first.click()


def read_in_mailbox(page: Page, to: str, subject: str) -> None:
    """As a newcomer to the demo reads it."""
    page.goto(f"/demo/mailbox/?to={to}")
    page.get_by_role("link", name=subject).first.click()


def bring_to(story: Story, start: timedelta) -> None:
    """The booked session with all its constraints, at another time; whoever is in the way there makes room."""
    session, therapist, room = story.session()
    span = {"from": start, "until": start + timedelta(minutes=150), "session": session, "therapist": therapist, "room": room}
    story.stack.sql(MAKE_ROOM, span)
    story.stack.sql(BRING, span)
