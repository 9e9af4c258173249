"""Several letters due within an hour to one reader go as one mail; each row keeps its own truth."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.people.models import Person
from koru.reminders.choices import opt_out, set_quiet_hours
from koru.reminders.kinds import load
from koru.reminders.models import Letter, OptOut
from koru.reminders.planning import withdraw
from koru.reminders.sending import send_due
from tests.faults.mail_sink import Sink
from tests.people import make_client, make_clinic

from .letters import due_letter, state
from .test_kinds import CLINICAL

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
SOON, LATER = timedelta(minutes=40), timedelta(minutes=80)


@pytest.fixture
def reader() -> Person:
    make_clinic()
    person = make_client(email="rowan@example.org")
    set_quiet_hours(person, timezone.now().time(), timezone.now().time(), by=person)
    return person


def due(reader: Person, kind: str, ahead: timedelta = timedelta(seconds=-1), **fields: Any) -> Letter:
    return due_letter(reader, kind, due_at=timezone.now() + ahead, **fields)


def html(message: Any) -> str:
    assert isinstance(message, EmailMultiAlternatives)
    return str(message.alternatives[0][0])


def headers(message: Any) -> dict[str, str]:
    found: dict[str, str] = message.extra_headers
    return found


def test_two_that_are_due_and_one_due_soon_are_one_mail(reader: Person) -> None:
    letters = [due(reader, "session-week"), due(reader, "measure-due"), due(reader, "meeting-tomorrow", SOON)]
    later = due(reader, "meeting-tomorrow", LATER)
    assert send_due() == 3
    assert [state(one) for one in (*letters, later)] == ["sent", "sent", "sent", "waits"]
    (message,) = mail.outbox
    assert message.subject == "Three notes for you"
    assert headers(message)["Message-ID"] == f"<{letters[0].pk}@demo.example.org>"
    said = str(message.body)
    assert said.count("Hello") == 1
    for words in ("A WEEK TO GO", "A SHORT FORM IS READY", "TOMORROW AT"):
        assert words in said
        assert words.lower() in html(message).lower()
    assert set(Letter.objects.exclude(sent_at=None).values_list("mail_id", flat=True)) == {letters[0].pk}


def test_one_that_is_due_soon_alone_waits_for_its_time(reader: Person) -> None:
    soon = due(reader, "session-week", SOON)
    assert send_due() == 0
    due(reader, "security")
    assert send_due() == 1
    assert state(soon) == "waits"


@pytest.mark.parametrize("name", ["check-in", "measure-due", "prompt-ready"])
def test_what_comes_at_an_hour_of_ones_own_never_comes_before_it(reader: Person, name: str) -> None:
    chosen = due(reader, name, SOON)
    due(reader, "session-week")
    assert send_due() == 1
    assert state(chosen) == "waits"


def test_letters_with_a_calendar_file_and_those_that_are_never_put_off_stay_alone(reader: Person) -> None:
    alone = [due(reader, one.name) for one in load().values() if not one.together and one.name != "consultation-booked"]
    for _ in range(2):
        due(reader, "session-week")
    send_due()
    assert {one.mail_id for one in Letter.objects.filter(pk__in=[one.pk for one in alone])} == {None}
    assert len([one for one in mail.outbox if one.subject == "Two notes for you"]) == 1
    assert not [one.name for one in load().values() if one.together and (one.calendar or one.quiet == "ignore")]


def test_each_reader_has_a_mail_of_their_own_and_a_visitor_has_each_alone(reader: Person) -> None:
    other = make_client()
    set_quiet_hours(other, timezone.now().time(), timezone.now().time(), by=other)
    for person in (reader, other):
        due(person, "session-week")
        due(person, "session-tomorrow")
    for _ in range(2):
        due_letter(None, "consultation-soon", address="visitor@example.org", context={"first_name": "Demo", **CONTEXT})
    send_due()
    assert sorted(one.to[0] for one in mail.outbox if one.subject == "Two notes for you") == sorted([reader.email, other.email])
    assert Letter.objects.filter(mail_id=None).count() == 2


CONTEXT = {"starts": "2026-12-01T16:00:00+00:00", "how": "by phone", "path": "/consultation/x/"}


def test_each_is_judged_by_itself(reader: Person) -> None:
    opt_out(reader, "session-week", by=reader)
    stopped, past = due(reader, "session-week"), due(reader, "session-today", not_after=timezone.now() - AN_HOUR)
    goes = [due(reader, "session-tomorrow"), due(reader, "meeting-tomorrow")]
    assert send_due() == 2
    assert (state(stopped), state(past), *map(state, goes)) == ("stopped", "too late", "sent", "sent")
    assert [one.subject for one in mail.outbox] == ["Two notes for you"]


def test_one_that_cannot_be_written_is_given_up_and_the_others_go(reader: Person) -> None:
    broken = due(reader, "session-week", context={})
    goes = [due(reader, "session-tomorrow"), due(reader, "meeting-tomorrow")]
    assert send_due() == 2
    assert (state(broken), *map(state, goes)) == ("failed: can't be written", "sent", "sent")


def test_one_withdrawn_before_goes_in_no_mail(reader: Person) -> None:
    about = uuid4()
    due(reader, "session-week", about=about)
    due(reader, "session-tomorrow")
    assert withdraw(about, "moved") == 1
    assert send_due() == 1
    assert mail.outbox[0].subject.startswith("Tomorrow at")


def test_the_mail_programs_button_stops_each_kind_in_it_and_a_line_its_own(reader: Person) -> None:
    due(reader, "session-week")
    due(reader, "measure-due")
    send_due()
    (message,) = mail.outbox
    whole = headers(message)["List-Unsubscribe"].strip("<>").removeprefix("https://koru.example.org")
    assert headers(message)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = Client().get(whole)
    assert "“A week to go” or “A short form is ready”" in page.text
    assert not OptOut.objects.exists()
    answer = Client(enforce_csrf_checks=True).post(whole, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 302
    assert set(OptOut.objects.values_list("kind", flat=True)) == {"session-week", "measure-due"}
    assert "These notes have stopped" in Client().get(answer.headers["Location"]).text
    Client().post(whole, {"again": "yes"})
    assert not OptOut.objects.exists()


def test_nothing_clinical_stands_in_it(reader: Person) -> None:
    due(reader, "session-week")
    due(reader, "check-in")
    send_due()
    (message,) = mail.outbox
    words = re.sub(r"https://\S+", "", str(message.body))
    assert not CLINICAL.search(f"{message.subject} {words}")


def test_refused_they_go_apart_later_and_a_bounce_is_each_ones(reader: Person, settings: Settings) -> None:
    first, second = due(reader, "session-week"), due(reader, "session-tomorrow")
    with posting(settings, "451 4.3.0 later"):
        assert send_due() == 0
    for one in (first, second):
        one.refresh_from_db()
        assert (one.mail_id, one.handed_at, one.failure, one.attempts) == (None, None, "451 4.3.0", 1)
    Letter.objects.update(try_at=timezone.now() - AN_HOUR)
    with posting(settings, "550 5.1.1 nobody"):
        assert send_due() == 0
    assert Letter.objects.not_arrived().count() == 2


def posting(settings: Settings, answer: str) -> Sink:
    sink = Sink(answer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 2
    return sink


def in_doubt(letters: list[Letter]) -> None:
    """As a worker leaves them that was killed after it had marked them."""
    Letter.objects.filter(pk__in=[one.pk for one in letters]).update(
        handed_at=timezone.now() - AN_HOUR,
        attempts=1,
        mail_id=letters[0].pk,
        claimed_by=uuid4(),
        lease_until=timezone.now() - AN_HOUR,
    )


def test_in_doubt_they_go_again_together_by_the_same_message_id(reader: Person) -> None:
    letters = [due(reader, "session-week"), due(reader, "session-tomorrow"), due(reader, "meeting-tomorrow")]
    in_doubt(letters)
    new = due(reader, "session-today")
    assert send_due() == 4
    ids = {headers(one)["Message-ID"]: one.subject for one in mail.outbox}
    assert ids[f"<{letters[0].pk}@demo.example.org>"] == "Three notes for you"
    assert len(mail.outbox) == 2
    assert state(new) == "sent"


def test_in_doubt_without_the_one_that_led_the_message_id_stays(reader: Person) -> None:
    letters = [due(reader, "session-week", not_after=timezone.now() - AN_HOUR), due(reader, "session-tomorrow")]
    in_doubt(letters)
    assert send_due() == 1
    assert state(letters[0]) == "in doubt, too late"
    (message,) = mail.outbox
    assert headers(message)["Message-ID"] == f"<{letters[0].pk}@demo.example.org>"


def test_in_doubt_and_the_quiet_hours_begin_all_of_them_wait(reader: Person) -> None:
    letters = [due(reader, "session-week"), due(reader, "session-tomorrow")]
    in_doubt(letters)
    Letter.objects.filter(pk=letters[0].pk).update(due_at=timezone.now() - timedelta(minutes=30))
    local = timezone.localtime(timezone.now(), letters[0].clock)
    set_quiet_hours(reader, (local - timedelta(minutes=5)).time(), (local + timedelta(hours=2)).time(), by=reader)
    assert send_due() == 0
    assert [state(one) for one in letters] == ["waits", "waits"]
    assert len(set(Letter.objects.values_list("try_at", flat=True))) == 1, "until the same moment"


def test_what_another_worker_holds_stays_with_it(reader: Person) -> None:
    held = due(reader, "session-week", claimed_by=uuid4(), lease_until=timezone.now() + timedelta(minutes=1))
    due(reader, "session-tomorrow")
    assert send_due() == 1
    assert state(held) == "waits"


def test_a_mail_in_doubt_that_another_worker_has_is_left_to_it(reader: Person) -> None:
    letters = [due(reader, "session-week"), due(reader, "session-tomorrow")]
    in_doubt(letters)
    Letter.objects.filter(pk=letters[0].pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    assert send_due() == 2, "whoever has one of it, takes the whole: the other worker finds its claim gone"
    assert len(mail.outbox) == 1


def test_whether_readers_have_more_is_one_question_a_batch(reader: Person) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            send_due()
        return len([one for one in queries if "GROUP BY to_id" in one["sql"]])

    for _ in range(9):
        due(make_client(), "session-week")
    assert asked() == 1
    for _ in range(9):
        due_letter(None, address="visitor@example.org")
    assert asked() == 0
