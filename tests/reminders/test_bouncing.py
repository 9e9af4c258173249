"""Mails that come back: the mail server's notice marks the letter, once, and nothing else does."""

import io
import sys
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.reminders.bouncing import read, record
from koru.reminders.models import Letter
from tests.people import make_client

from .letters import due_letter

NOTICE = """From: MAILER-DAEMON@mail.example.org
Message-ID: <{own}@mail.example.org>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

This is the mail system. <{own}@koru.example.org>

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; canary@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <canary@example.org>: no such user

--cut
Content-Type: {returned}

Message-ID: <{mail}@koru.example.org>
Subject: A week to go
{body}
--cut--
"""


def notice(mail: object, status: str = "5.1.1", action: str = "failed", *, headers_alone: bool = False) -> bytes:
    """As Postfix writes it (RFC 3464)."""
    returned = "text/rfc822-headers" if headers_alone else "message/rfc822"
    body = "" if headers_alone else "\nHello\n"
    return NOTICE.format(own=uuid4(), mail=mail, status=status, action=action, returned=returned, body=body).encode()


def sent(mail: UUID | None = None) -> Letter:
    moment = timezone.now()
    return due_letter(make_client(), handed_at=moment, sent_at=moment, mail_id=mail)


@pytest.mark.django_db
@pytest.mark.parametrize("headers_alone", [True, False])
def test_a_mail_that_came_back_is_marked_once(headers_alone: bool) -> None:
    letter, other = sent(), sent()
    found = read(notice(letter.pk, headers_alone=headers_alone))
    assert found
    assert (record(found), record(found)) == (1, 0)
    letter.refresh_from_db()
    assert (bool(letter.bounced_at), letter.failure) == (True, "5.1.1")
    assert list(Letter.objects.not_arrived()) == [letter]
    assert other not in Letter.objects.not_arrived()


@pytest.mark.django_db
def test_all_that_went_in_one_mail_came_back_with_it() -> None:
    first = sent()
    Letter.objects.update(mail_id=first.pk)
    second = sent(first.pk)
    found = read(notice(first.pk))
    assert found
    assert record(found) == 2
    assert set(Letter.objects.not_arrived()) == {first, second}


@pytest.mark.django_db
def test_a_notice_of_what_never_went_marks_nothing() -> None:
    waiting = due_letter(make_client())
    for mail in (waiting.pk, uuid4()):
        found = read(notice(mail))
        assert found
        assert record(found) == 0


@pytest.mark.parametrize(
    "raw",
    [
        notice(uuid4(), "4.4.7", "delayed"),
        notice(uuid4(), "5.1.1", "relayed"),
        notice("not-an-id"),
        b"",
        b"From: somebody\n\nI am on holiday.",
        b"\xff\x00" * 99,
    ],
)
def test_a_delay_an_answer_or_rubbish_is_no_notice(raw: bytes) -> None:
    assert read(raw) is None


@given(st.binary(max_size=400), st.integers(0, 900))
def test_whatever_is_in_it_reading_ends_well(junk: bytes, at: int) -> None:
    whole = notice(uuid4())
    read(whole[:at] + junk + whole[at:])


@pytest.mark.django_db
def test_the_command_reads_what_the_mail_server_pipes_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = sent()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notice(letter.pk))))
    call_command("bounced")
    assert capsys.readouterr().out == "1 letter marked as come back.\n"
