"""Which prompt is offered: transparent, steady, never too deep, never one that was set aside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from journaling import library
from journaling.catalogue import Prompt
from journaling.suggesting import Answered, Skip, Standing, ceiling, fits, hidden, lately, may_ask, suggested, tender_lately, why
from scheduling.phases import Phase, Reading

SHELF = tuple(library.load().prompts.values())
REASONS = library.load().words.reasons
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
slugs = some.sampled_from([prompt.slug for prompt in SHELF])
readings = some.builds(Reading, some.sampled_from(Phase), some.none() | some.integers(0, 40), some.none() | some.integers(1, 60))
standings = some.builds(
    Standing,
    reading=readings,
    hour=some.integers(0, 23),
    answered=some.lists(slugs, max_size=40).map(tuple),
    hidden=some.frozensets(slugs, max_size=30),
    lately=some.frozensets(slugs, max_size=20),
    tender_lately=some.booleans(),
    flagged=some.booleans(),
    assigned=some.lists(slugs, max_size=3, unique=True).map(tuple),
    last_theme=some.sampled_from(["", "body", "meaning", "safety"]),
    last_mood=some.none() | some.integers(-3, 3),
    ceiling=some.sampled_from([1, 2, 3]),
    facts=some.frozensets(some.sampled_from(["kept-line", "held-meeting"])),
)
skips = some.lists(
    some.builds(
        Skip,
        slugs,
        some.sampled_from(["not_today", "never"]),
        some.datetimes(datetime(2026, 8, 1), datetime(2026, 11, 24), timezones=some.just(UTC)),
    ),
    max_size=20,
)


def standing(phase: Phase, since: int | None = None, **facts: Any) -> Standing:
    return Standing(Reading(phase, since), **facts)


@given(standings)
def test_what_is_offered_is_never_deeper_than_the_ceiling(now: Standing) -> None:
    offered = suggested(SHELF, now)
    assert offered is None or offered.depth <= ceiling(now)


@given(standings)
def test_what_was_set_aside_is_never_offered(now: Standing) -> None:
    offered = suggested(SHELF, now)
    assert offered is None or offered.slug not in now.hidden


@given(standings)
def test_what_is_offered_is_of_the_phase_or_assigned_and_leans_on_nothing_that_is_not_so(now: Standing) -> None:
    offered = suggested(SHELF, now)
    if offered is None:
        return
    assert offered.phase == now.reading.phase or offered.slug in now.assigned
    assert offered.needs in {"", *now.facts} or (offered.needs == "first-morning" and now.reading.days_since == 1)


@given(standings, some.randoms())
def test_the_same_standing_gives_the_same_prompt_in_whatever_order_the_shelf_is(now: Standing, chance: Random) -> None:
    shuffled = list(SHELF)
    chance.shuffle(shuffled)
    assert suggested(SHELF, now) == suggested(shuffled, now)


@given(standings)
def test_none_is_offered_only_when_none_fits(now: Standing) -> None:
    away = now.hidden | now.lately
    fitting = [prompt for prompt in SHELF if prompt.phase == now.reading.phase and prompt.slug not in away]
    easy = [prompt for prompt in fitting if prompt.depth == 1 and not prompt.needs]
    assert suggested(SHELF, now) is not None or not easy


@given(standings)
def test_one_already_answered_comes_only_when_all_that_fit_were(now: Standing) -> None:
    offered = suggested(SHELF, now)
    if offered is None or offered.slug not in now.answered or offered.slug in now.assigned:
        return
    assert suggested(SHELF, replace(now, hidden=now.hidden | {*now.answered})) is None


@given(standings)
def test_what_a_therapist_chose_comes_first_when_it_may_be_asked_at_all(now: Standing) -> None:
    asked = [prompt.slug for prompt in SHELF if prompt.slug in now.assigned and may_ask(prompt, now)]
    offered = suggested(SHELF, now)
    if asked:
        assert offered is not None
        assert offered.slug == min(asked, key=now.assigned.index)


@given(standings)
def test_none_comes_twice_within_fourteen_days_unless_it_was_asked_for(now: Standing) -> None:
    offered = suggested(SHELF, now)
    assert offered is None or offered.slug not in now.lately or offered.slug in now.assigned


@given(standings)
def test_while_a_flag_is_open_only_easy_ones_are_offered(now: Standing) -> None:
    offered = suggested(SHELF, replace(now, flagged=True))
    assert offered is None or offered.depth == 1


@given(standings)
def test_nothing_tender_follows_a_tender_one_soon(now: Standing) -> None:
    offered = suggested(SHELF, replace(now, tender_lately=True))
    assert offered is None or offered.depth < 3


@given(standings)
def test_the_theme_changes_whenever_another_as_new_is_there(now: Standing) -> None:
    offered = suggested(SHELF, now)
    if offered is None or offered.slug in now.assigned or offered.theme != now.last_theme:
        return
    as_new = [
        prompt for prompt in SHELF if fits(prompt, now) and now.answered.count(prompt.slug) <= now.answered.count(offered.slug)
    ]
    assert all(prompt.theme == now.last_theme for prompt in as_new)


@given(standings, slugs)
def test_setting_another_one_aside_never_changes_what_is_offered(now: Standing, other: str) -> None:
    offered = suggested(SHELF, now)
    if offered is not None and other != offered.slug:
        assert suggested(SHELF, replace(now, hidden=now.hidden | {other})) == offered


def test_lately_is_fourteen_days_and_tender_lately_three_to_the_second() -> None:
    def given_at(days: int, seconds: int = 0) -> list[Answered]:
        return [Answered("a7-unsent", NOW - timedelta(days=days) + timedelta(seconds=seconds))]

    shelf = library.load().prompts
    assert lately(given_at(14, 1), NOW) == {"a7-unsent"}
    assert lately(given_at(14), NOW) == frozenset()
    assert tender_lately(given_at(3, 1), shelf, NOW)
    assert not tender_lately(given_at(3), shelf, NOW)
    assert not tender_lately([Answered("w-bring-it", NOW)], shelf, NOW)


@given(skips)
def test_within_fourteen_days_or_after_a_second_time_or_never_a_prompt_stays_away(told: list[Skip]) -> None:
    away = hidden(told, NOW)
    for skip in told:
        times = sum(other.prompt == skip.prompt for other in told)
        if skip.what == "never" or times > 1 or skip.at > NOW - timedelta(days=14):
            assert skip.prompt in away
        elif times == 1:
            assert skip.prompt not in away


def test_not_today_ends_after_fourteen_days_to_the_second() -> None:
    fortnight = NOW - timedelta(days=14)
    assert hidden([Skip("w-bring-it", "not_today", fortnight + timedelta(seconds=1))], NOW) == {"w-bring-it"}
    assert hidden([Skip("w-bring-it", "not_today", fortnight)], NOW) == frozenset()


def test_a_low_mood_leaves_only_easy_ones() -> None:
    assert ceiling(standing(Phase.DAYS_2_7, last_mood=-2)) == 1
    assert ceiling(standing(Phase.DAYS_2_7, last_mood=-1)) == 2
    assert ceiling(standing(Phase.DAYS_2_7, last_mood=None)) == 2


def test_nothing_tender_after_nine_in_the_evening_even_where_it_is_turned_on() -> None:
    assert ceiling(standing(Phase.DAYS_2_7, ceiling=3, hour=20)) == 3
    assert ceiling(standing(Phase.DAYS_2_7, ceiling=3, hour=21)) == 2
    assert ceiling(standing(Phase.DAYS_2_7, ceiling=3, hour=3)) == 2
    assert ceiling(standing(Phase.DAYS_2_7, ceiling=3, hour=4)) == 3


def test_tender_ones_are_never_chosen_unless_turned_on() -> None:
    left = frozenset(prompt.slug for prompt in SHELF if not prompt.tender)
    assert suggested(SHELF, standing(Phase.DAYS_2_7, hidden=left)) is None
    assert suggested(SHELF, standing(Phase.DAYS_2_7, hidden=left, ceiling=3)) is not None


def test_the_first_morning_is_asked_about_only_on_the_day_after() -> None:
    others = frozenset(prompt.slug for prompt in SHELF if prompt.slug != "a1-first-morning")
    assert suggested(SHELF, standing(Phase.FIRST_DAY, since=0, hidden=others)) is None
    offered = suggested(SHELF, standing(Phase.FIRST_DAY, since=1, hidden=others))
    assert offered is not None
    assert offered.slug == "a1-first-morning"


def test_the_next_one_is_of_another_theme_and_then_first_by_name() -> None:
    def small(slug: str, theme: str) -> Prompt:
        return Prompt(slug=slug, phase="between", theme=theme, text="?", depth=1, minutes=1)

    shelf = (small("w-c", "body"), small("w-b", "meaning"), small("w-a", "body"), small("w-d", "meaning"))
    asked: list[str] = []
    theme = ""
    for _ in range(4):
        offered = suggested(shelf, standing(Phase.BETWEEN, answered=tuple(reversed(asked)), last_theme=theme))
        assert offered is not None
        asked.append(offered.slug)
        theme = offered.theme
    assert asked == ["w-a", "w-b", "w-c", "w-d"]


def test_the_reason_is_said_in_words() -> None:
    said = {
        "Offered because your session is in 3 days": Reading(Phase.BEFORE, None, 3),
        "Offered because your session is tomorrow": Reading(Phase.BEFORE, 9, 1),
        "Offered because you are getting ready": Reading(Phase.BEFORE),
        "Offered because your session is today": Reading(Phase.DAY_OF, None, 0),
        "Offered because your session was today": Reading(Phase.FIRST_DAY, 0),
        "Offered because your session was yesterday": Reading(Phase.FIRST_DAY, 1),
        "Offered because your session was 5 days ago": Reading(Phase.DAYS_2_7, 5),
        "Offered because your session was 12 days ago": Reading(Phase.WEEKS_2_4, 12),
        "Offered for the time between sessions": Reading(Phase.BETWEEN, 50),
    }
    assert {why(reading, REASONS) for reading in said.values()} == set(said)
    for words, reading in said.items():
        assert why(reading, REASONS) == words


@given(readings)
def test_every_reading_has_its_words(reading: Reading) -> None:
    assert why(reading, REASONS).startswith("Offered")
