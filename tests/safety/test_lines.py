"""Help lines by region: a known one, an unknown one, and one that nobody checked for long."""

from datetime import date
from typing import Any

import pytest

from koru.safety.lines import ContentError, help_words, lines_for, load, made, regions, stale


@pytest.mark.parametrize("region", ["", "XX", "us", "\x00", "Narnia" * 1000])
def test_an_unknown_region_gets_the_american_lines_labelled_as_such(region: str) -> None:
    lines = lines_for(region)
    assert lines.borrowed
    assert lines.region == "United States"
    assert lines.local_emergency == "your local emergency number"
    assert "United States" in lines.borrowed_note


def test_a_known_region_gets_its_own_lines_and_nobody_elses() -> None:
    lines = lines_for("NZ")
    assert not lines.borrowed
    assert [line.call for line in lines.crisis] == ["1737"]
    assert [line.call for line in lines.emergency] == ["111"]


def test_a_number_is_shown_with_spaces_and_dialled_without() -> None:
    (samaritans,) = lines_for("GB").crisis
    assert (samaritans.call, samaritans.call_href, samaritans.sms_href) == ("116 123", "tel:116123", "")


def test_the_american_crisis_lines_come_in_their_order() -> None:
    assert [line.sms_href for line in lines_for("US").crisis] == ["sms:988", "sms:838255", "sms:741741"]


def test_every_region_can_be_chosen() -> None:
    assert [slug for slug, _ in regions()] == ["US", "CA", "GB", "IE", "EU", "AU", "NZ"]


def test_a_line_goes_stale_on_the_181st_day() -> None:
    assert stale(load(), date(2027, 4, 30)) == ()
    assert stale(load(), date(2027, 5, 1)) == load()


def test_a_line_that_can_not_be_reached_names_itself() -> None:
    row: dict[str, Any] = {"region": "US", "kind": "crisis", "name": "Nobody", "hours": "never", "languages": []}
    row |= {"checked_on": date(2026, 11, 1), "confirmed": False}
    with pytest.raises(ContentError, match=r"lines\.toml: US Nobody: no way to reach it"):
        list(made([row]))


def test_the_words_of_help_now_hold_every_part_of_the_page() -> None:
    assert {"lines", "safety_plan", "people", "clinic", "calm", "onward", "promises"} <= set(help_words())
