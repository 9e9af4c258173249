"""After a session: kept with what it is about, and strong answers say at once whom to call."""

from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.test import Client

from koru.people.models import Person
from koru.safety import help_now
from moodtracking.models import CheckIn
from moodtracking.side_effects import calls_for_the_clinic
from tests.moodtracking.days import ago, held_session
from tests.people import ally, make_client, make_clinic, make_therapist

PAGE = "/check-in/after/"


@pytest.mark.parametrize(
    ("answers", "days_since", "bladder_before", "call"),
    [
        ({"nausea": 3}, 1, False, True),
        ({"nausea": 2, "dizzy": 2, "headache": 2}, 1, False, False),
        ({"unreal": 2}, 1, False, True),
        ({"unreal": 2}, 0, False, False),
        ({"pressure": 2}, 3, False, True),
        ({"pressure": 2}, None, False, True),
        ({"unreal": 1, "pressure": 1}, 1, False, False),
        ({"bladder": 1}, 3, False, False),
        ({"bladder": 1}, 3, True, True),
        ({"bladder": 0}, 3, True, False),
        ({}, 1, True, False),
    ],
)
def test_when_the_clinic_would_like_to_hear(
    answers: Mapping[str, int], days_since: int | None, bladder_before: bool, call: bool
) -> None:
    told = {f"side_effect:{slug}": value for slug, value in answers.items()}
    assert calls_for_the_clinic(told, days_since, bladder_before) is call


@pytest.fixture
def person(db: None) -> Person:
    make_clinic(phone="+1 212 555 0100", hours="Monday to Friday, 9 to 5")
    help_now.forget()
    client = make_client(zone="America/Denver")
    ally(client, make_therapist())
    return client


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def test_it_is_kept_with_the_session_it_is_about(signed_in: Client, person: Person) -> None:
    session = held_session(person, ago(days=1))
    sent = {"side_effect:nausea": "1", "side_effect:tired": "0", "still_there": "side_effect:nausea", "key": str(uuid4())}
    kept = signed_in.post(PAGE, sent, follow=True)
    row = CheckIn.objects.get()
    assert (row.kind, row.about_appointment_id, row.item_set_version) == ("side_effect", session.pk, "side_effects.v1")
    assert row.answers == {"side_effect:nausea": 1, "side_effect:tired": 0}
    assert row.still_there == ["side_effect:nausea"]
    assert "would like to hear" not in kept.content.decode()


def test_a_strong_answer_says_at_once_whom_to_call(signed_in: Client) -> None:
    page = signed_in.post(PAGE, {"side_effect:vision": "3", "key": str(uuid4())}, follow=True).content.decode()
    assert "Your clinic would like to hear about this: +1 212 555 0100, Monday to Friday, 9 to 5." in page
    assert "call 911." in page


@pytest.mark.parametrize("odd", ["4", "-1", "٣", "1.0", "NaN"])
def test_a_value_off_the_scale_is_refused_in_words(signed_in: Client, odd: str) -> None:
    answered = signed_in.post(PAGE, {"side_effect:nausea": odd, "note": "Kept", "key": str(uuid4())})
    assert answered.status_code == 422
    assert "Pick one of the values shown." in answered.content.decode()
    assert "Kept" in answered.content.decode()


def test_nothing_picked_says_that_another_time_is_fine(signed_in: Client) -> None:
    answered = signed_in.post(PAGE, {"key": str(uuid4())})
    assert answered.status_code == 422
    assert not CheckIn.objects.exists()


def test_a_double_submit_is_kept_once(signed_in: Client) -> None:
    sent = {"side_effect:nausea": "1", "key": str(uuid4())}
    signed_in.post(PAGE, sent)
    signed_in.post(PAGE, sent)
    assert CheckIn.objects.count() == 1


def test_it_is_never_a_day_in_the_trends(signed_in: Client) -> None:
    signed_in.post(PAGE, {"side_effect:nausea": "1", "key": str(uuid4())})
    assert "c-now" not in signed_in.get("/trends/").content.decode()
