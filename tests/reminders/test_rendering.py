"""The words of letters: the right clock, nothing clinical, nothing missing, nothing loaded from elsewhere."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from koru.moments.ids import new_id
from koru.people.models import Clinic, Person, Role
from koru.reminders.kinds import LetterKind, kind, load
from koru.reminders.models import Letter
from koru.reminders.rendering import Rendered, rendered

from .letters import EVERYTHING
from .test_kinds import CLINICAL

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CLINIC = Clinic(name="Demo Ketamine Clinic", phone="+1 212 555 0100", zone="America/Chicago")
KINDS = [(one.name, variant) for one in load().values() for variant in ("", *one.variants)]


def reader(zone: str, **fields: str) -> Person:
    return Person(email="rowan@example.org", display_name="Demo Rowan", role=Role.CLIENT, zone=zone, **fields)


def letter(name: str, to: Person | None, zone: str = "", **context: str) -> Letter:
    return Letter(
        id=new_id(), kind=name, to=to, zone=zone or (to.zone if to else ""), about=uuid4(), context={**EVERYTHING, **context}
    )


def words(name: str, variant: str, zone: str, **context: str) -> Rendered:
    return rendered(letter(name, reader(zone), variant=variant, **context), CLINIC, NOW)


@pytest.mark.parametrize(("name", "variant"), KINDS)
@pytest.mark.parametrize(
    ("zone", "own"),
    [("Asia/Kathmandu", "Tuesday 1 December, 9:45 pm"), ("America/St_Johns", "12:30 pm")],
)
def test_in_a_room_the_rooms_clock_leads_and_the_readers_follows(name: str, variant: str, zone: str, own: str) -> None:
    said = words(name, variant, zone, room_zone="America/Chicago")
    if "{when}" in "".join(kind(name).words(variant).body):
        lead = said.text.index("Tuesday 1 December, 10:00 am")
        assert said.text.index("Chicago time (CST)") > lead
        assert own in said.text[said.text.index("[") : said.text.index("]")]
    if "{time}" in kind(name).words(variant).subject:
        assert said.subject.endswith("10:00 am, Chicago time (CST)")
    assert "UTC" not in said.text.replace("UTC+5:45", "")


@pytest.mark.parametrize(("name", "variant"), KINDS)
def test_by_video_the_readers_clock_leads_alone(name: str, variant: str) -> None:
    said = words(name, variant, "Asia/Kathmandu")
    assert "Chicago" not in said.text
    if "{when}" in "".join(kind(name).words(variant).body):
        assert "Tuesday 1 December, 9:45 pm" in said.text
        assert "Kathmandu time (UTC+5:45)" in said.text
    if "{time}" in kind(name).words(variant).subject:
        assert said.subject.endswith("9:45 pm")


@pytest.mark.parametrize(("name", "variant"), KINDS)
def test_nothing_that_leaves_koru_says_what_it_is_for(name: str, variant: str) -> None:
    said = words(name, variant, "America/New_York", room_zone="America/Chicago")
    for part in (said.subject, said.text, strip_tags(said.html)):
        assert not CLINICAL.search(re.sub(r"https?://\S+", "", part))


@pytest.mark.parametrize(("name", "variant"), KINDS)
def test_the_html_loads_nothing_and_says_what_the_text_says(name: str, variant: str) -> None:
    said = words(name, variant, "America/New_York")
    assert not re.search(r"<img|<script|src=|url\(|@import|<link", said.html)
    assert "color-scheme" in said.html
    assert "prefers-color-scheme: dark" in said.html
    in_text = {url.rstrip(".") for url in re.findall(r"https?://\S+", said.text)}
    assert set(re.findall(r'href="(https?://[^"]+)"', said.html)) == in_text


@pytest.mark.parametrize("one", load().values(), ids=lambda one: one.name)
def test_a_letter_has_a_stop_link_exactly_when_it_can_be_stopped(one: LetterKind) -> None:
    said = words(one.name, "", "America/New_York")
    assert bool(said.stop_url) is one.opt_out is ("/reminders/stop/" in said.text)


def test_no_address_and_no_kind_stands_in_the_stop_link() -> None:
    said = words("check-in", "", "America/New_York")
    assert re.fullmatch(r"https://koru\.example\.org/reminders/stop/[0-9a-f]{32}\.[\w-]{43}/", said.stop_url)


def test_a_letter_that_waited_past_midnight_says_today() -> None:
    told = letter("session-tomorrow", reader("America/Denver"))
    assert rendered(told, CLINIC, datetime(2026, 11, 30, 16, tzinfo=UTC)).subject == "Tomorrow at 9:00 am"
    assert rendered(told, CLINIC, datetime(2026, 12, 1, 8, tzinfo=UTC)).subject == "Today at 9:00 am"


def test_the_readers_own_word_stands_for_an_appointment() -> None:
    said = rendered(letter("appointment-booked", reader("America/New_York", neutral_phrase="Piano {lesson}\n")), CLINIC, NOW)
    assert said.subject == "Your Piano {lesson} is booked"
    assert "appointment" not in said.text


def test_a_token_is_filled_into_the_paths() -> None:
    told = letter("consultation-booked", None, "America/New_York", first_name="Demo Ash", path="/consultation/{token}/")
    told.token = "abc"
    assert "https://koru.example.org/consultation/abc/" in rendered(told, CLINIC, NOW).text


def test_what_a_visitor_calls_themselves_is_shown_as_text() -> None:
    told = letter("consultation-booked", None, "America/New_York", first_name="<b>Ash</b> {link}\n\x00")
    said = rendered(told, CLINIC, NOW)
    assert "<b>Ash" not in said.html
    assert "Hello <b>Ash</b> {link}" in said.text


@pytest.mark.parametrize("path", ["https://elsewhere.example.org/", "//elsewhere.example.org/", "javascript:alert(1)"])
def test_a_letter_links_to_koru_alone(path: str) -> None:
    with pytest.raises(ValueError, match="paths of Koru"):
        rendered(letter("check-in", reader("America/New_York"), path=path), CLINIC, NOW)


def test_a_missing_word_is_named() -> None:
    told = Letter(id=new_id(), kind="session-today", to=reader("America/New_York"), zone="America/New_York", context={})
    with pytest.raises(KeyError, match="time"):
        rendered(told, CLINIC, NOW)


def test_who_has_moved_reads_the_clock_of_the_new_place() -> None:
    told = letter("meeting-tomorrow", reader("Asia/Kathmandu"), zone="America/New_York")
    assert "9:45 pm to" in rendered(told, CLINIC, NOW).text
