"""Consents: each separate, in plain words, versioned, and saying what taking it back does."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from koru.people.consent_texts import ContentError, consent_text, load, read
from tests.reading_rules import broken_rules, texts_in

FILE = Path(__file__).parents[2] / "koru" / "people" / "content" / "consents.toml"
FIELDS = {"kind", "version", "title", "group", "needed", "words", "withdrawn_stops", "withdrawn_stays"}
APPROVAL = {"approved_by", "approved_on", "demo"}


def consents() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["consent"]
    return rows


def test_every_kind_of_consent_is_there_once() -> None:
    assert [consent["kind"] for consent in consents()] == [
        "treatment",
        "privacy-notice",
        "app-use",
        "measures-and-check-ins",
        "sms",
        "push",
        "calendar-feed",
        "export-to-prescriber",
        "share-with-other-provider",
        "sud-records",
        "research",
    ]


def test_each_says_what_taking_it_back_stops_and_what_stays_and_who_approved_it() -> None:
    for consent in consents():
        assert set(consent) - {"offered", "opens"} == FIELDS | APPROVAL, consent["kind"]
        assert all(consent[field] != "" for field in FIELDS | APPROVAL), consent["kind"]
        assert consent["approved_on"] <= datetime.now(UTC).date(), consent["kind"]


def test_only_treatment_opens_the_booking_of_a_dosing_session() -> None:
    assert {consent["kind"]: consent["opens"] for consent in consents() if "opens" in consent} == {"treatment": ["dosing"]}


def test_sharing_further_contact_and_research_are_never_needed_for_treatment() -> None:
    needed = [consent["kind"] for consent in consents() if consent["needed"]]
    assert needed == ["treatment", "privacy-notice", "app-use", "measures-and-check-ins"]


def test_research_is_not_offered() -> None:
    assert [consent["kind"] for consent in consents() if not consent.get("offered", True)] == ["research"]


def test_every_word_a_client_reads_keeps_the_reading_rules() -> None:
    for text in texts_in(consents()):
        assert not broken_rules(text), text


def test_a_consent_keeps_its_title_and_words_as_one_text() -> None:
    text = consent_text("sms").text
    assert text.startswith("Text messages\n\nYour clinic may send")
    assert text.endswith("Reply STOP to end them, HELP for help.")


def test_consents_are_read_in_the_order_to_ask_them() -> None:
    assert list(load()) == [consent["kind"] for consent in consents()]


def test_an_unknown_consent_is_an_error() -> None:
    with pytest.raises(KeyError):
        consent_text("everything")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "privacy-notice"', 'kind = "treatment"', r"consents\.toml: treatment: is there twice"),
        ("version = 1", "version = 0", r"consents\.toml: treatment: needs a known group, a version"),
        ('group = "clinic"', 'group = "bundle"', r"consents\.toml: treatment: needs a known group"),
        ('title = "Treatment"', "", r"consents\.toml: treatment: .*title"),
    ],
)
def test_a_wrong_file_names_itself_and_the_consent(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "consents.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        read(tmp_path / "consents.toml")
