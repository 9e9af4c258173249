"""What the choice looks at is read from what there is: an open flag, the mood told last, what was answered lately."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from journaling import library, walking, writing
from journaling.offering import offer_for, standing_of
from journaling.suggesting import ceiling
from journaling.walking import Said
from journaling.writing import Written
from koru.people.models import Person
from koru.safety.noticing import ask_for_help
from moodtracking.checking_in import check_in
from moodtracking.given import Given
from tests.journaling.sittings import at, make_pair

pytestmark = pytest.mark.django_db
NOW = at("2026-11-24T17:00:00+00:00")


@pytest.fixture
def rowan(clock: Callable[[str], object]) -> Person:
    clock("2026-11-24T17:00:00+00:00")
    return make_pair()[0]


@pytest.mark.parametrize(("mood", "deepest"), [(-3, 1), (-2, 1), (-1, 2), (3, 2)])
def test_a_low_mood_leaves_only_easy_ones_on_the_journal_too(rowan: Person, mood: int, deepest: int) -> None:
    check_in(Given({"mood": mood}), by=rowan, key=uuid4())
    assert ceiling(standing_of(rowan, NOW).standing) == deepest


def test_while_a_flag_is_open_only_easy_ones_are_offered_and_a_guide_leaves_the_deeper_out(rowan: Person, client: Client) -> None:
    ask_for_help(rowan, by=rowan)
    assert ceiling(standing_of(rowan, NOW).standing) == 1
    walk = walking.begin("keeping-well", by=rowan)  # its first prompt looks inside
    client.force_login(rowan)
    assert client.get(f"/journal/walks/{walk.pk}/1/").headers["Location"] == f"/journal/walks/{walk.pk}/2/"


def test_what_was_answered_in_a_guide_is_not_offered_again_for_fourteen_days(
    rowan: Person, clock: Callable[[str], object]
) -> None:
    offer = offer_for(rowan, NOW)
    assert offer is not None
    walk = walking.begin("keeping-well", by=rowan)
    walking.say(walk, Said(1, offer.prompt, "Answered.", uuid4()), by=rowan)
    assert offer.prompt.slug in standing_of(rowan, NOW).standing.lately
    later = at("2026-12-08T17:00:00+00:00")
    assert offer.prompt.slug not in standing_of(rowan, later).standing.lately


def test_every_prompt_of_a_phase_is_offered_once_before_any_twice_in_fourteen_days(rowan: Person, client: Client) -> None:
    seen: list[str] = []
    while offer := offer_for(rowan, NOW):
        seen.append(offer.prompt.slug)
        writing.keep(Written("Answered.", prompt=offer.prompt.slug), key=uuid4(), by=rowan)
    fitting = [one.slug for one in library.load().in_phase("between") if one.depth <= 2 and not one.needs]
    assert sorted(seen) == sorted(fitting)
    client.force_login(rowan)
    assert client.get("/journal/").status_code == 200
