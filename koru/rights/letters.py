"""When a client is written to about their data rights. None says what it is about to anybody but the signed-in reader."""

from datetime import timedelta

from koru.people.models import Person
from koru.privacy.models import Correction, Erasure, LegalHold
from koru.reminders.planning import Plan, Recipient, plan, withdraw

ASKED, SOON, DONE = "erasing-asked", "erasing-soon", "erased"
ERASE, PUT_RIGHT = "/settings/erase/", "/settings/put-right/"
A_DAY = timedelta(days=1)


def say_it_was_asked(erasure: Erasure) -> None:
    """At once, and a day before it happens."""
    to, context = Recipient.of(erasure.client), {"path": ERASE, "until": erasure.due_at.isoformat()}
    plan([Plan(ASKED, to, erasure.pk, not_after=erasure.due_at, context=context)])
    say_it_is_soon(erasure)


def say_it_is_soon(erasure: Erasure) -> None:
    """Planned anew when a hold was lifted: the day may be another one by then."""
    context = {"path": ERASE, "until": erasure.due_at.isoformat()}
    offset = erasure.due_at.date().isoformat()
    to, due = Recipient.of(erasure.client), erasure.due_at - A_DAY
    plan([Plan(SOON, to, erasure.pk, due_at=due, not_after=erasure.due_at, offset=offset, context=context)])


def take_back_what_was_planned(erasure: Erasure, why: str) -> None:
    withdraw(erasure.pk, why, [ASKED, SOON])


def say_it_is_done(erasure: Erasure, address: str, zone: str) -> None:
    """To the address that is forgotten with it: the row goes once it was sent (`forgetting.sweep`)."""
    plan([Plan(DONE, Recipient(zone, address=address), erasure.pk, context={"path": "/privacy/"})])


def say_it_was_answered(correction: Correction) -> None:
    to = Recipient.of(correction.client)
    plan([Plan("note-waits", to, correction.pk, asked=False, context={"path": PUT_RIGHT})])


def say_it_is_held(hold: LegalHold, client: Person) -> None:
    plan([Plan("note-waits", Recipient.of(client), hold.pk, asked=False, context={"path": ERASE})])
