"""Help lines, words of Help now and the clinic's rules: there, fresh, and approved by somebody."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.reading_rules import broken_rules, texts_in

CONTENT = Path(__file__).parents[2] / "koru" / "safety" / "content"
REGIONS = ["US", "CA", "GB", "IE", "EU", "AU", "NZ"]


def parsed(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def lines_of(region: str) -> list[dict[str, Any]]:
    return [line for line in parsed("lines.toml")["line"] if line["region"] == region]


def test_no_line_was_last_checked_more_than_180_days_ago() -> None:
    oldest = datetime.now(UTC).date() - timedelta(days=180)
    stale = [line["name"] for line in parsed("lines.toml")["line"] if line["checked_on"] < oldest]
    assert not stale, "call or look up each of these lines, then set its checked_on"


def test_every_region_is_named_once_and_has_an_emergency_number() -> None:
    assert [region["slug"] for region in parsed("lines.toml")["region"]] == REGIONS
    for region in REGIONS:
        assert [line["kind"] for line in lines_of(region)].count("emergency") == 1, region
    assert {line["region"] for line in parsed("lines.toml")["line"]} == set(REGIONS)


@pytest.mark.parametrize(
    ("region", "numbers"),
    [
        ("US", ["988", "988", "741741", "911"]),
        ("CA", ["988", "911"]),
        ("GB", ["116 123", "999"]),
        ("IE", ["116 123", "112"]),
        ("EU", ["112"]),
        ("AU", ["13 11 14", "000"]),
        ("NZ", ["1737", "111"]),
    ],
)
def test_the_numbers_of_a_region_are_those_of_the_reference(region: str, numbers: list[str]) -> None:
    assert [line.get("call") or line["sms"] for line in lines_of(region)] == numbers


def test_veterans_can_text_too() -> None:
    assert [line["sms"] for line in lines_of("US") if line["name"] == "Veterans Crisis Line"] == ["838255"]


def test_numbers_can_be_dialled_and_chats_are_secure() -> None:
    for line in parsed("lines.toml")["line"]:
        assert line.get("call") or line.get("sms"), line["name"]
        for number in (line.get("call", "0"), line.get("sms", "0")):
            assert re.fullmatch(r"[0-9 ]+", number), line["name"]
        assert line.get("chat_url", "https://").startswith("https://"), line["name"]
        assert line["hours"], line["name"]
        assert line["languages"], line["name"]


def test_lines_known_from_memory_say_that_they_were_not_confirmed() -> None:
    unconfirmed = {(line["region"], line["kind"]) for line in parsed("lines.toml")["line"] if not line["confirmed"]}
    assert unconfirmed == {
        ("CA", "emergency"),
        ("GB", "crisis"),
        ("IE", "crisis"),
        ("IE", "emergency"),
        ("EU", "emergency"),
        ("NZ", "crisis"),
    }


def test_help_now_says_that_nobody_watches_around_the_clock() -> None:
    words = parsed("help_now.toml")
    assert "isn't watched around the clock" in words["clinic"]["not_watched"]
    assert words["heading"] == "You're not alone with this."


def test_the_clinics_rules_are_there_with_who_approved_them() -> None:
    rules = parsed("session_rules.toml")["rule"]
    assert [rule["slug"] for rule in rules] == [
        "driver",
        "food",
        "medicines",
        "alcohol",
        "decisions",
        "unwell",
        "clothes",
        "home",
        "urgent",
    ]
    for rule in rules:
        assert rule["approved_by"], rule["slug"]
        assert rule["approved_on"] <= datetime.now(UTC).date(), rule["slug"]
        assert rule["demo"] is True, rule["slug"]
        assert rule["version"] == 1, rule["slug"]


def test_a_rule_is_shown_on_some_day_and_names_a_value_for_each_of_its_fields() -> None:
    for rule in parsed("session_rules.toml")["rule"]:
        assert rule.get("shown_days") or rule.get("shown_on"), rule["slug"]
        assert set(rule.get("shown_on", [])) <= {"day", "after"}, rule["slug"]
        assert set(re.findall(r"\{(\w+)\}", rule["text"])) == set(rule.get("fields", {})), rule["slug"]


@pytest.mark.parametrize("name", ["help_now.toml", "session_rules.toml", "lines.toml"])
def test_every_word_a_client_reads_keeps_the_reading_rules(name: str) -> None:
    for text in texts_in(parsed(name)):
        assert not broken_rules(text), text
