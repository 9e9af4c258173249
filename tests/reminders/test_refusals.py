"""What can't be written or isn't taken: tried again, given up, or in doubt, and never in the way of others."""

import logging
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db.models import F
from django.utils import timezone

from koru.reminders.models import Letter
from koru.reminders.sending import send_due
from koru.sealing.keyring import keyring
from koru.sealing.models import DataKey
from tests.people import make_client, make_clinic

from .letters import EVERYTHING, due_letter, state

VISITORS = {**EVERYTHING, "first_name": "Demo Ash", "path": "/consultation/{token}/"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic() -> None:
    make_clinic()


def answering(monkeypatch: pytest.MonkeyPatch, *answers: Exception | None) -> None:
    """The mail server gives these answers, one a letter."""
    left = list(answers)

    def send(self: EmailBackend, messages: list[object]) -> int:
        answer = left.pop(0)
        if answer:
            raise answer
        return len(messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_a_refusal_for_now_is_tried_after_one_five_and_twenty_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = due_letter(make_client())
    answering(monkeypatch, *[smtplib.SMTPDataError(451, b"4.3.0 try later") for _ in range(4)])
    waits = []
    for _ in range(3):
        send_due()
        letter.refresh_from_db()
        waits.append(round((letter.try_at - timezone.now()).total_seconds() / 60))
        assert letter.handed_at is None
        Letter.objects.update(try_at=F("due_at"))
    send_due()
    assert waits == [1, 5, 25]
    assert state(letter) == "failed: 451 4.3.0"


def test_a_bounce_is_not_tried_again_and_no_address_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = due_letter(make_client(email="gone@example.org"))
    answering(monkeypatch, smtplib.SMTPRecipientsRefused({"gone@example.org": (550, b"5.1.1 <gone@example.org> unknown")}))
    assert send_due() == 0
    assert state(letter) == "failed: 550 5.1.1"


def test_silence_after_handing_over_leaves_the_letter_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = due_letter(make_client())
    answering(monkeypatch, smtplib.SMTPServerDisconnected("gone"), None)
    assert send_due() == 0
    letter.refresh_from_db()
    assert letter.handed_at
    assert state(letter) == "waits"
    Letter.objects.update(try_at=F("due_at"))
    assert send_due() == 1


def test_a_letter_that_can_not_be_written_is_given_up_and_the_others_go(caplog: pytest.LogCaptureFixture) -> None:
    broken, fine = due_letter(make_client(), context={}), due_letter(make_client())
    with caplog.at_level(logging.CRITICAL):
        assert send_due() == 1
    assert (state(broken), state(fine)) == ("failed: can't be written", "sent")


def test_a_link_whose_key_was_destroyed_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    with keyring():
        letter = due_letter(None, "consultation-booked", address="ash@example.org", context=VISITORS, token="abc")
    DataKey.objects.all().delete()
    with caplog.at_level(logging.CRITICAL):
        assert send_due() == 0
    assert Letter.objects.values_list("failure", flat=True).get(pk=letter.pk) == "can't be written"


def test_a_letter_that_breaks_in_an_unknown_way_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = due_letter(make_client()), due_letter(make_client())
    answering(monkeypatch, RuntimeError("nobody thought of it"), None)
    with caplog.at_level(logging.CRITICAL):
        assert send_due() == 1
    assert (state(broken), state(fine)) == ("waits", "sent")
    broken.refresh_from_db()
    assert (broken.failure, broken.try_at > timezone.now()) == ("RuntimeError", True)
