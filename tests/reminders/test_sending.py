"""Sending what is due: once, by rows alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from koru.reminders.choices import opt_out
from koru.reminders.models import Letter
from koru.reminders.planning import plan, withdraw
from koru.reminders.sending import send_due
from tests.people import make_client, make_clinic

from .letters import due_letter, planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic() -> None:
    make_clinic()


def test_a_due_letter_goes_out_once() -> None:
    letter = due_letter(make_client(email="rowan@example.org"))
    assert (send_due(), send_due()) == (1, 0)
    letter.refresh_from_db()
    assert letter.sent_at
    assert letter.handed_at
    [message] = mail.outbox
    assert message.to == ["rowan@example.org"]
    assert message.extra_headers["Message-ID"] == f"<{letter.pk}@demo.example.org>"
