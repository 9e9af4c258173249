"""Guides: the arc around a session, offered from real appointments."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from journaling import library
from journaling.guiding import Place, Stop, before_step, from_step, offered, stops_of, to_pick
from koru.people.consents import record_consent
from moodtracking.checking_in import check_in
from moodtracking.given import Given
from scheduling.phases import Phase, Reading
from tests.journaling.sittings import at, make_dosing, make_pair
from tests.people import make_staff

SHELF = library.load()
GUIDES = SHELF.guides.values()
places = some.builds(
    Place,
    some.builds(Reading, some.sampled_from(Phase), some.none() | some.integers(0, 60), some.none() | some.integers(0, 60)),
    some.sampled_from(["", "preparation", "maintenance", "finishing"]),
    some.integers(0, 23),
    some.frozensets(some.sampled_from(["no-entry", "no-held-session", "not-started"])),
)


def names(place: Place) -> list[str]:
    return [guide.slug for guide in offered(GUIDES, place)]


def test_the_arc_around_a_session_is_offered_in_its_days() -> None:
    arc = [
        ("finding-an-intention", Place(Reading(Phase.BEFORE, None, 9), "preparation")),
        ("week-before", Place(Reading(Phase.BEFORE, None, 5))),
        ("night-before", Place(Reading(Phase.BEFORE, None, 1), hour=17)),
        ("morning-of", Place(Reading(Phase.DAY_OF, None, 0), facts=frozenset({"not-started"}))),
        ("soft-landing", Place(Reading(Phase.FIRST_DAY, 0))),
        ("gathering", Place(Reading(Phase.DAYS_2_7, 3))),
        ("one-small-step", Place(Reading(Phase.DAYS_2_7, 7))),
        ("weaving-in", Place(Reading(Phase.WEEKS_2_4, 12))),
    ]
    for slug, place in arc:
        assert slug in names(place), slug


def test_the_evening_before_waits_for_five_and_this_morning_ends_with_the_start() -> None:
    assert "night-before" not in names(Place(Reading(Phase.BEFORE, None, 1), hour=16))
    assert "morning-of" not in names(Place(Reading(Phase.DAY_OF, None, 0)))


@pytest.mark.parametrize(
    ("moods", "offers"),
    [((), False), ((-3.0,), False), ((-2.0, -2.0), True), ((-2.0, 1.0, -3.0), True), ((-1.5, -2.0, 0.0), False)],
)
def test_a_rough_patch_is_offered_after_two_low_days_of_the_last_three(moods: tuple[float, ...], offers: bool) -> None:
    assert ("rough-patch" in names(Place(Reading(Phase.BETWEEN, 40), moods=moods))) is offers


@given(places)
def test_what_only_the_client_can_tell_is_never_decided_for_them(place: Place) -> None:
    assert "rough-patch" not in names(place)


@given(places)
def test_what_the_two_agreed_on_offers_its_guides_and_nothing_else_does(place: Place) -> None:
    assert ("keeping-well" in names(place)) is (place.stage == "maintenance")
    assert ("looking-back" in names(place)) is (place.stage == "finishing")


def test_what_can_be_picked_has_the_words_for_it_and_is_about_a_session_only_after_one() -> None:
    def picked(reading: Reading) -> list[tuple[str, str]]:
        return [(words, guide.slug) for words, guide in to_pick(GUIDES, Place(reading))]

    rough, flat = ("A rough patch", "rough-patch"), ("It felt flat", "nothing-much")
    assert picked(Reading(Phase.BETWEEN, 40)) == [flat, rough]
    assert picked(Reading(Phase.BEFORE, None, 5)) == [rough]


def stops(slug: str, deepest: int = 2) -> list[Stop]:
    return stops_of(SHELF.guides[slug], SHELF.prompts, lambda prompt: prompt.depth <= deepest)


def test_no_guide_shows_a_tender_prompt_where_it_is_not_turned_on() -> None:
    for slug in SHELF.guides:
        assert all(prompt.depth <= 2 for stop in stops(slug) for prompt in stop.prompts)
    assert [stop.prompts[0].slug for stop in stops("looking-back")][2] == "a4-people-notice"
    assert [stop.prompts[0].slug for stop in stops("looking-back", 3)][2] == "a4-goodbye-to"


def test_every_step_of_every_guide_is_stopped_at() -> None:
    for slug, guide in SHELF.guides.items():
        assert [stop.step for stop in stops(slug, 3)] == list(guide.steps)
        assert any(stop.prompts for stop in stops(slug)), slug


@given(some.sampled_from(sorted(SHELF.guides)), some.frozensets(some.sampled_from(sorted(SHELF.prompts))), some.integers(1, 8))
def test_whatever_is_set_aside_the_next_step_is_the_first_there_is_and_back_the_last(
    slug: str, aside: frozenset[str], number: int
) -> None:
    found = stops_of(SHELF.guides[slug], SHELF.prompts, lambda prompt: prompt.slug not in aside)
    numbers = [stop.number for stop in found]
    here, back = from_step(found, number), before_step(found, number)
    assert (here.number if here else None) == min((one for one in numbers if one >= number), default=None)
    assert (back.number if back else None) == max((one for one in numbers if one < number), default=None)
    assert not {prompt.slug for stop in found for prompt in stop.prompts} & aside


@pytest.mark.django_db
def test_a_client_finds_the_guides_of_their_days(client: Client, clock: Callable[[str], object]) -> None:
    rowan, wren = make_pair()
    clock("2026-11-24T12:00:00+00:00")
    client.force_login(rowan)
    assert "First steps" not in client.get("/journal/guides/").content.decode()
    record_consent(rowan, "treatment", 1, "Demo words.", by=make_staff())
    make_dosing(rowan, wren, at("2026-11-30T15:00:00+00:00"))
    page = client.get("/journal/guides/").content.decode()
    for title in ("First steps", "Finding an intention", "The week before", "A rough patch"):
        assert title in page
    assert "Gathering what stayed" not in page
    assert "It felt flat" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("slug", list(SHELF.guides))
def test_every_guide_can_be_walked_to_its_end_one_step_a_page(client: Client, slug: str) -> None:
    rowan, wren = make_pair()
    client.force_login(rowan)
    assert client.get(f"/journal/guides/{slug}/").status_code == 200
    place = client.post(f"/journal/guides/{slug}/begin/").headers["Location"]
    seen: list[str] = []
    while "/walks/" in place:
        page = client.get(place, follow=True)
        assert page.status_code == 200
        place = page.request["PATH_INFO"]
        assert page.content.decode().count("<h1") == 1
        assert place not in seen
        seen.append(place)
        place = client.post(place).headers["Location"]
    assert len(seen) >= len(SHELF.guides[slug].steps) - 2  # some lean on a meeting or a line that isn't there
    assert place == "/journal/guides/"
    client.force_login(wren)
    assert client.get(f"/journal/guides/{slug}/").status_code == 404


@pytest.mark.django_db
def test_the_rough_patch_has_help_now_on_its_pages_and_a_made_up_guide_is_not_there(client: Client) -> None:
    client.force_login(make_pair()[0])
    assert client.get("/journal/guides/rough-patch/").content.decode().count("/help-now/") == 2
    first = client.post("/journal/guides/rough-patch/begin/").headers["Location"]
    assert client.get(first).content.decode().count("/help-now/") == 2
    assert client.get("/journal/guides/made-up/").status_code == 404
    assert client.post("/journal/guides/made-up/begin/").status_code == 404


@pytest.mark.django_db
def test_two_low_days_by_the_clients_own_clock_offer_the_rough_patch(client: Client, clock: Callable[[str], object]) -> None:
    rowan, _ = make_pair()
    client.force_login(rowan)
    offer = '<h2 id="now">For these days</h2>'
    for day, mood in (("22", -2), ("23", 2), ("24", -3)):
        assert offer not in client.get("/journal/guides/").content.decode()
        clock(f"2026-11-{day}T18:00:00+00:00")
        check_in(Given({"mood": mood}), by=rowan, key=uuid4())
    assert offer in client.get("/journal/guides/").content.decode()
    clock("2026-11-26T18:00:00+00:00")
    assert offer not in client.get("/journal/guides/").content.decode()
