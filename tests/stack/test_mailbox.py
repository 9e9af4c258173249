"""The demo's mailbox keeps each message once."""

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from koru.stack.mailbox import keep
from koru.stack.ports import answers, next_free

from .running import ROOT, until

LETTER = b"Message-ID: <1@demo.example.org>\r\nSubject: About Tuesday\r\n\r\nSee you then.\r\n"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    note = tmp_path / "mailbox.port"
    with subprocess.Popen([sys.executable, "-m", "koru.stack.mailbox", str(tmp_path)], cwd=ROOT) as process:
        assert until(lambda: note.exists() and note.read_text().endswith("\n") and answers(int(note.read_text())))
        yield int(note.read_text())
        process.terminate()


def send(port: int, letter: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
        smtp.sendmail("koru@demo.example.org", ["client@demo.example.org"], letter)


def test_a_message_sent_three_times_is_kept_once(port: int, tmp_path: Path) -> None:
    for _ in range(3):
        send(port, LETTER)
    send(port, LETTER.replace(b"<1@", b"<2@"))
    kept = sorted(file.read_bytes() for file in (tmp_path / "mailbox").glob("*.eml"))
    assert len(kept) == 2
    assert b"See you then." in kept[0]


def test_messages_without_a_name_are_told_apart_by_their_words(tmp_path: Path) -> None:
    assert keep(tmp_path, b"Subject: a\r\n\r\none") != keep(tmp_path, b"Subject: a\r\n\r\ntwo")


def test_a_message_id_can_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    assert keep(tmp_path, b"Message-ID: ../../etc/passwd\r\n\r\n").parent == tmp_path


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert next_free(taken.getsockname()[1]) > taken.getsockname()[1]
