"""The demo's mailbox: there in the demo alone, showing mail as text, never as our own page."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from koru.stack.mailbox import keep

MAIL = (
    b"From: Koru <koru@demo.example.org>\r\nTo: rowan@example.org\r\nSubject: =?utf-8?q?Tomorrow_at_10=3A00_=E2=80=AE?=\r\n"
    b"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@demo.example.org>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    b"Hello <script>alert(1)</script> http://127.0.0.1:8000/today/\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b'<p style="color:red">Hello</p>\r\n--b--\r\n'
)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KORU_DEMO, settings.KORU_HOME = True, tmp_path
    (tmp_path / "mailbox").mkdir()
    return tmp_path / "mailbox"


def test_outside_the_demo_it_is_not_there(client: Client, folder: Path, settings: Settings) -> None:
    name = keep(folder, MAIL).stem
    settings.KORU_DEMO = False
    for path in ("/demo/mailbox/", f"/demo/mailbox/{name}/", f"/demo/mailbox/{name}/html/"):
        assert client.get(path).status_code == 404


def test_an_empty_one_says_so(client: Client, folder: Path) -> None:
    assert "No mail yet." in client.get("/demo/mailbox/").text


def test_mail_is_listed_and_read_as_text_with_its_links(client: Client, folder: Path) -> None:
    name = keep(folder, MAIL).stem
    assert f"/demo/mailbox/{name}/" in client.get("/demo/mailbox/?to=rowan").text
    assert "No mail yet." in client.get("/demo/mailbox/?to=wren").text
    page = client.get(f"/demo/mailbox/{name}/").text
    assert "<script>alert" not in page
    assert 'href="http://127.0.0.1:8000/today/"' in page


def test_what_comes_with_a_mail_is_named(client: Client, folder: Path) -> None:
    message = EmailMessage()
    message["To"] = "rowan@example.org"
    message.set_content("Hello")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="appointment.ics")
    with_it = client.get(f"/demo/mailbox/{keep(folder, message.as_bytes()).stem}/").text
    assert "With it: appointment.ics" in with_it
    assert "With it" not in client.get(f"/demo/mailbox/{keep(folder, MAIL).stem}/").text


def test_the_html_of_a_mail_may_hold_styles_and_nothing_else(client: Client, folder: Path) -> None:
    answer = client.get(f"/demo/mailbox/{keep(folder, MAIL).stem}/html/")
    assert '<p style="color:red">Hello</p>' in answer.text
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if " " in part.strip())
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'unsafe-inline'"
    assert policy.get("script-src", "'none'") == "'none'"
    assert "unsafe-inline" not in client.get("/demo/mailbox/")["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["nothing-such", "..", "%2e%2e%2fsecret", "0" * 300])
def test_a_name_is_never_a_path(client: Client, folder: Path, name: str) -> None:
    (folder.parent / "secret.eml").write_bytes(MAIL)
    assert client.get(f"/demo/mailbox/{name}/").status_code in {404, 301}
