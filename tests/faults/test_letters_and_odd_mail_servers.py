"""Mail servers that hang, refuse or hang up: tried again, given up, or counted as in doubt, and none stuck."""

from collections import Counter

import pytest
from django.db.models import F
from pytest_django.fixtures import Settings

from koru.reminders.models import Letter
from koru.reminders.sending import send_due
from tests.people import make_client, make_clinic
from tests.reminders.letters import due_letter

from .mail_sink import Sink

pytestmark = pytest.mark.django_db


def posting_to(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1


def sent_to(settings: Settings, answer: str, letters: int = 2) -> Counter[str]:
    """How letters stand after they were sent once to a server that answers like this."""
    make_clinic()
    for _ in range(letters):
        due_letter(make_client())
    with Sink(answer) as sink:
        posting_to(settings, sink.port)
        send_due()
    return Counter(f"{row.failure}{', in doubt' if row.handed_at and not row.sent_at else ''}" for row in Letter.objects.all())


def test_a_server_that_hangs_leaves_one_letter_in_doubt_and_the_others_waiting(settings: Settings) -> None:
    assert sent_to(settings, "hang", letters=3) == {"no answer: SMTPServerDisconnected, in doubt": 1, "": 2}
    assert not Letter.objects.exclude(lease_until=None).exists()


def test_a_server_that_takes_a_letter_and_hangs_up_gets_it_again_with_the_same_id(settings: Settings) -> None:
    assert sent_to(settings, "close", letters=1) == {"no answer: SMTPServerDisconnected, in doubt": 1}
    Letter.objects.update(try_at=F("due_at"))
    with Sink() as sink:
        posting_to(settings, sink.port)
        assert send_due() == 1
    assert list(sink.ids) == [f"<{Letter.objects.get().pk}@demo.example.org>"]


def test_a_server_that_is_busy_is_tried_again(settings: Settings) -> None:
    assert sent_to(settings, "451 4.3.0 busy") == {"451 4.3.0": 2}
    assert not Letter.objects.exclude(failed_at=None).exists()


def test_a_server_that_refuses_for_good_is_not(settings: Settings) -> None:
    assert sent_to(settings, "554 5.7.1 no") == {"554 5.7.1": 2}
    assert not Letter.objects.filter(failed_at=None).exists()


def test_an_address_that_can_not_be_written_to_is_given_up_and_the_others_go(settings: Settings) -> None:
    make_clinic()
    odd, fine = due_letter(make_client(email="ro\nwan@example.org")), due_letter(make_client())
    with Sink() as sink:
        posting_to(settings, sink.port)
        assert send_due() == 1
    odd.refresh_from_db()
    fine.refresh_from_db()
    assert (odd.failure, bool(odd.failed_at), bool(fine.sent_at)) == ("an address that can't be written to", True, True)


def test_no_server_at_all_leaves_the_letters_as_they_were(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    make_clinic()
    letter = due_letter(make_client())
    posting_to(settings, 1)
    assert send_due() == 0
    assert "can't be reached" in caplog.text
    letter.refresh_from_db()
    assert (letter.attempts, letter.lease_until, letter.handed_at) == (0, None, None)


def test_a_server_that_hung_up_between_letters_is_called_again(settings: Settings) -> None:
    make_clinic()
    for _ in range(45):
        due_letter(make_client())
    with Sink() as sink:
        posting_to(settings, sink.port)
        assert send_due() == 45
    assert (len(sink.ids), sink.repeats) == (45, 0)
