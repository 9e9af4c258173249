"""A check-in can change for a day, a note at any time; what is somebody else's isn't there."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from koru.people.models import Person
from moodtracking.checking_in import Removed, TooLate, answer, bring_back, change, check_in, remove
from moodtracking.given import Given, NotOnTheScale
from moodtracking.models import CheckIn
from tests.moodtracking.days import ago, held_session, told
from tests.people import make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_client(zone="America/Denver")


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def test_each_tap_is_kept_and_can_be_taken_back(person: Person) -> None:
    row = check_in(Given({"mood": 1}), by=person, key=uuid4())
    answer(row, "energy", 3, by=person)
    answer(row, "mood", None, by=person)
    row.refresh_from_db()
    assert row.answers == {"energy": 3}


def test_an_answer_off_its_scale_is_no_answer() -> None:
    for answers in ({"mood": 4}, {"mood": True}, {"mood": 0.5}, {"mood": float("nan")}, {"sleep_hours": 14.5}, {"unheard-of": 1}):
        with pytest.raises(NotOnTheScale):
            Given(answers)


def test_after_a_day_the_taps_stay_and_a_note_can_still_be_added(person: Person) -> None:
    row = told(person, at=ago(hours=24, minutes=1))
    with pytest.raises(TooLate):
        answer(row, "mood", 2, by=person)
    change(row, Given(note="Later words"), by=person)
    row.refresh_from_db()
    assert (row.answers["mood"], row.note) == (1, "Later words")


def test_within_a_day_it_can_change_and_says_when(person: Person) -> None:
    row = told(person, at=ago(hours=23, minutes=59))
    answer(row, "mood", 2, by=person)
    row.refresh_from_db()
    assert row.answers["mood"] == 2
    assert row.edited_at is not None


def test_taps_of_one_sitting_are_no_edit(person: Person) -> None:
    row = check_in(Given({"mood": 1}), by=person, key=uuid4())
    answer(row, "energy", 3, by=person)
    row.refresh_from_db()
    assert row.edited_at is None


def test_a_removed_one_stays_removed_until_it_is_brought_back(person: Person) -> None:
    row = told(person)
    remove(row, by=person)
    with pytest.raises(Removed):
        answer(row, "mood", 2, by=person)
    bring_back(row, by=person)
    assert answer(row, "mood", 2, by=person).answers["mood"] == 2


def test_done_on_a_removed_one_keeps_the_taps_as_a_new_one_at_the_second_try(signed_in: Client, person: Person) -> None:
    row = told(person)
    remove(row, by=person)
    first = signed_in.post("/check-in/", {"mood": "2", "note": "Still here", "key": str(row.key)})
    assert first.status_code == 422
    page = first.content.decode()
    assert "removed a moment ago" in page
    assert "Still here" in page
    assert str(row.key) not in page


def test_stale_taps_after_a_day_are_refused_in_words_with_the_note_still_there(signed_in: Client, person: Person) -> None:
    row = told(person, at=ago(days=2))
    answered = signed_in.post("/check-in/", {"mood": "2", "note": "Still here", "key": str(row.key)})
    assert answered.status_code == 422
    assert "A day has passed" in answered.content.decode()
    assert "Still here" in answered.content.decode()


def test_what_the_page_did_not_ask_is_left_as_it_was(signed_in: Client, person: Person) -> None:
    row = told(person, {"mood": 1, "sleep_hours": 7})
    signed_in.post("/check-in/", {"asked": ["mood", "energy"], "energy": "2", "key": str(row.key)})
    row.refresh_from_db()
    assert row.answers == {"energy": 2, "sleep_hours": 7}


def test_several_a_day_are_several_rows(signed_in: Client) -> None:
    for mood in ("1", "0", "1"):
        signed_in.post("/check-in/", {"mood": mood, "key": str(uuid4())})
    assert CheckIn.objects.count() == 3
    assert signed_in.get("/check-in/").content.decode().count("<h3>") == 3


def test_removing_offers_undo_and_undo_brings_it_back(signed_in: Client, person: Person) -> None:
    row = told(person)
    removed = signed_in.post(f"/check-in/{row.pk}/remove/", follow=True)
    assert "Undo" in removed.content.decode()
    assert signed_in.get(f"/check-in/{row.pk}/").status_code == 404
    signed_in.post(f"/check-in/{row.pk}/undo/")
    assert signed_in.get(f"/check-in/{row.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["", "edit/", "note/", "help/", "remove/", "undo/"])
def test_somebody_elses_check_in_is_not_there(signed_in: Client, path: str) -> None:
    row = told(make_client())
    ask = signed_in.post if path in {"remove/", "undo/"} else signed_in.get
    assert ask(f"/check-in/{row.pk}/{path}").status_code == 404
    row.refresh_from_db()
    assert row.deleted_at is None


def test_another_clients_key_makes_ones_own_check_in(signed_in: Client, person: Person) -> None:
    foreign = told(make_client())
    signed_in.post("/check-in/", {"mood": "-3", "key": str(foreign.key)})
    foreign.refresh_from_db()
    assert foreign.answers["mood"] == 1
    assert CheckIn.objects.get(client=person).answers == {"mood": -3}


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(signed_in: Client, person: Person, method: str) -> None:
    row = told(person)
    before = CheckIn.objects.values().get()
    for path in (
        "",
        f"{row.pk}/",
        f"{row.pk}/edit/",
        f"{row.pk}/note/",
        f"{row.pk}/help/",
        f"{row.pk}/remove/",
        "tap/",
        "after/",
    ):
        getattr(signed_in, method)(f"/check-in/{path}")
    assert CheckIn.objects.values().get() == before


def test_a_note_too_long_is_said_and_kept_on_the_page(signed_in: Client, person: Person) -> None:
    row = told(person)
    words = "ש" * 100_000
    answered = signed_in.post(f"/check-in/{row.pk}/note/", {"note": words})
    assert answered.status_code == 422
    assert "Keep this to 500 characters" in answered.content.decode()
    assert words in answered.content.decode()


def test_the_saved_words_are_in_the_clients_clock(signed_in: Client, person: Person, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T14:02:00-07:00")
    kept = signed_in.post("/check-in/", {"mood": "1", "key": str(uuid4())}, follow=True)
    assert "Saved. 14:02." in kept.content.decode()


def test_the_key_of_a_day_old_row_lasts_no_longer_than_the_row(person: Person) -> None:
    row = told(person, at=ago(hours=1))
    assert row.may_change(row.recorded_at + timedelta(hours=23, minutes=59))
    assert not row.may_change(row.recorded_at + timedelta(hours=24))


@pytest.mark.parametrize(("hours", "level"), [(2, "only_me"), (26, "only_me"), (27, "my_therapist")])
def test_sharing_a_note_waits_for_a_day_after_a_session(signed_in: Client, person: Person, hours: int, level: str) -> None:
    held_session(person, ago(hours=hours))
    row = told(person)
    signed_in.post(f"/check-in/{row.pk}/note/", {"note": "Soft", "note_share": "my_therapist"})
    row.refresh_from_db()
    assert (row.note, row.note_share) == ("Soft", level)


def test_sharing_less_acts_at_once_also_after_a_session(signed_in: Client, person: Person) -> None:
    held_session(person, ago(hours=3))
    row = told(person, note="Soft", note_share="my_therapist")
    assert "My therapist" not in signed_in.get(f"/check-in/{told(person).pk}/note/").content.decode()
    signed_in.post(f"/check-in/{row.pk}/note/", {"note": "Soft", "note_share": "only_me"})
    row.refresh_from_db()
    assert row.note_share == "only_me"
