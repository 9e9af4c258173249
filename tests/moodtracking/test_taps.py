"""Each tap is kept without leaving the page, and help comes first where an answer asks for it."""

from itertools import permutations
from uuid import uuid4

import pytest
from django.test import Client

from koru.people.models import Person
from koru.reminders.models import Preferences
from koru.safety.flags import Flag
from moodtracking.models import CheckIn, PickedSymptom
from tests.people import ally, make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db
TAP = "/check-in/tap/"


@pytest.fixture
def person() -> Person:
    make_clinic()
    client = make_client(zone="America/Denver")
    ally(client, make_therapist())
    return client


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def follow(person: Person, slug: str) -> PickedSymptom:
    return PickedSymptom.objects.create(client=person, slug=slug, place=1, picked_by=make_therapist())


def test_taps_of_one_page_are_one_check_in(signed_in: Client) -> None:
    key = str(uuid4())
    signed_in.post(TAP, {"asked": ["mood", "energy"], "mood": "1", "key": key})
    answered = signed_in.post(TAP, {"asked": ["mood", "energy"], "mood": "1", "energy": "3", "key": key})
    assert answered.json()["state"].startswith("Saved. ")
    assert CheckIn.objects.get().answers == {"mood": 1, "energy": 3}


def test_tapping_the_only_answer_away_leaves_nothing_behind(signed_in: Client) -> None:
    key = str(uuid4())
    signed_in.post(TAP, {"asked": ["mood"], "mood": "1", "key": key})
    signed_in.post(TAP, {"asked": ["mood"], "key": key})
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(("mood", "rough"), [("-3", True), ("-2", True), ("-1", False), ("0", False)])
def test_a_low_moment_is_offered_a_line_and_help(signed_in: Client, mood: str, rough: bool) -> None:
    answered = signed_in.post(TAP, {"mood": mood, "key": str(uuid4())})
    assert answered.json()["rough"] is rough


def test_thoughts_of_hurting_oneself_are_saved_and_open_help_first(signed_in: Client, person: Person) -> None:
    follow(person, "urge-to-harm")
    key = str(uuid4())
    answered = signed_in.post("/check-in/", {"mood": "1", "symptom:urge-to-harm": "1", "key": key})
    row = CheckIn.objects.get()
    flag = Flag.objects.get()
    assert (flag.client, flag.key, flag.about) == (person, "urge_to_harm", row.pk)
    assert answered["Location"] == f"/help-first/{flag.pk}/?back=%2Fcheck-in%2F{row.pk}%2Fedit%2F"
    assert row.answers == {"mood": 1, "symptom:urge-to-harm": 1}
    page = signed_in.get(answered["Location"]).content.decode()
    assert "You&#x27;re not alone with this." in page
    assert "988" in page
    on = signed_in.post(f"/help-first/{flag.pk}/step/", {"what": "carried_on", "back": f"/check-in/{row.pk}/edit/"})
    assert on["Location"] == f"/check-in/{row.pk}/edit/"


def test_the_tap_itself_opens_help_once_and_carrying_on_stays_on_the_page(signed_in: Client, person: Person) -> None:
    follow(person, "urge-to-harm")
    sent = {"symptom:urge-to-harm": "2", "key": str(uuid4())}
    assert signed_in.post(TAP, sent).json()["help"].startswith("/help-first/")
    assert signed_in.post(TAP, {**sent, "mood": "0"}).json()["help"] == ""
    assert signed_in.post(TAP, {**sent, "symptom:urge-to-harm": "0"}).json()["help"] == ""


def test_a_symptom_that_nobody_picked_is_not_kept(signed_in: Client) -> None:
    signed_in.post("/check-in/", {"mood": "1", "symptom:panic": "3", "key": str(uuid4())})
    assert CheckIn.objects.get().answers == {"mood": 1}


def test_a_symptom_retired_since_the_page_was_opened_is_still_kept(signed_in: Client, person: Person) -> None:
    symptom = follow(person, "panic")
    signed_in.post(f"/check-in/symptoms/{symptom.pk}/stop/")
    signed_in.post("/check-in/", {"symptom:panic": "3", "key": str(uuid4())})
    assert CheckIn.objects.get().answers == {"symptom:panic": 3}


def test_a_tap_that_is_no_answer_is_refused_in_words(signed_in: Client) -> None:
    answered = signed_in.post(TAP, {"mood": "9", "key": str(uuid4())})
    assert answered.status_code == 422
    assert answered.json()["state"] == "Pick one of the values shown."


def test_checking_in_counts_as_an_answer_to_the_notes(signed_in: Client, person: Person) -> None:
    Preferences.objects.create(person=person)
    signed_in.post(TAP, {"mood": "1", "key": str(uuid4())})
    assert Preferences.objects.get(person=person).check_in_answered_at is not None


def test_of_what_one_page_sends_the_last_sent_counts_in_whatever_order_it_comes(signed_in: Client) -> None:
    for order in permutations([-1, 0, 2]):
        key = str(uuid4())
        for mood in order:
            assert signed_in.post(TAP, {"mood": mood, "key": key, "turn": f"7-9 {mood + 10}"}).status_code == 200
        assert CheckIn.objects.get(key=key).answers == {"mood": 2}


def test_tapping_it_all_away_is_overtaken_too(signed_in: Client) -> None:
    key = str(uuid4())
    signed_in.post(TAP, {"mood": 1, "key": key, "turn": "7-9 10"})
    signed_in.post("/check-in/", {"mood": 2, "key": key, "turn": "7-9 12"})
    signed_in.post(TAP, {"asked": ["mood"], "key": key, "turn": "7-9 11"})
    assert CheckIn.objects.get().answers == {"mood": 2}


@pytest.mark.parametrize("turn", ["", "8-8 1", "7-9 -1", "7-9", "7-9 9999999999999999999", "x 1", "\x00"])
def test_another_tab_and_a_post_without_a_number_count_as_they_come(signed_in: Client, turn: str) -> None:
    key = str(uuid4())
    signed_in.post(TAP, {"mood": 1, "key": key, "turn": "7-9 12"})
    signed_in.post(TAP, {"mood": 0, "key": key, "turn": turn})
    assert CheckIn.objects.get().answers == {"mood": 0}


def test_an_answer_to_be_noticed_is_noticed_though_it_was_overtaken(signed_in: Client, person: Person) -> None:
    follow(person, "urge-to-harm")
    key = str(uuid4())
    signed_in.post("/check-in/", {"mood": "1", "symptom:urge-to-harm": "0", "key": key, "turn": "7-9 12"})
    signed_in.post(TAP, {"symptom:urge-to-harm": "2", "key": key, "turn": "7-9 11"})
    assert Flag.objects.get().client == person
    assert CheckIn.objects.get().answers == {"mood": 1, "symptom:urge-to-harm": 0}
