"""The brief and the plan: what the client shares, nothing else; a human's "read" is on the client's list."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from koru.people.models import Person
from koru.privacy.looks import looks_at
from moodtracking.models import PickedSymptom
from tests.people import cleared, make_admin, make_client, make_staff, make_therapist

from .world import CANARY, appointment, check_in, signed_in, write

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]


def acts(client: Person) -> list[str]:
    return [row.act for row in looks_at(client)]


def test_what_is_brought_stands_first_and_private_words_nowhere(pair: Pair) -> None:
    client, therapist = pair
    write(client, share="bring_to_session", text="The thing with my brother.")
    write(client, share="my_therapist", text="Shared, not brought.")
    write(client, share="only_me", text=CANARY)
    page = signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()
    assert "The thing with my brother." in page
    assert "Shared, not brought." not in page
    assert CANARY not in page


def test_nothing_new_is_said_as_such(pair: Pair) -> None:
    client, therapist = pair
    page = signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()
    assert "Nothing is marked to bring along." in page
    assert "No dosing session has taken place yet." in page
    assert "None recorded" in page
    assert "Treatment consent is missing" in page


def test_practical_lines_follow_what_the_desk_records(pair: Pair) -> None:
    client, therapist = pair
    cleared(client)
    appointment(client, therapist, timezone.now() + timedelta(days=1))
    page = signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()
    assert "Treatment consent in force" in page
    assert "Demo Prescriber" in page


def test_the_change_since_the_last_session_names_its_days(clock: Callable[[str], object], pair: Pair) -> None:
    clock("2026-11-24T17:00:00+00:00")  # so that no day of it begins between two of these check-ins
    client, therapist = pair
    now = timezone.now()
    session = appointment(client, therapist, now - timedelta(days=8), "met")
    session.kind_id = "dosing"
    session.save(update_fields=["kind"])
    for day in range(1, 24):
        check_in(client, now - timedelta(days=day))
    page = signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()
    assert "in the 14 days before it (14 noted)" in page
    assert "Same" in page


def test_opening_is_not_reading_and_reading_is_a_deed(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    browser.get(f"/care/{client.pk}/brief/")
    assert acts(client) == ["brief"]
    assert browser.get(f"/care/{client.pk}/brief/read/").status_code == 405
    assert browser.post(f"/care/{client.pk}/brief/read/").status_code == 302
    assert acts(client)[0] == "brief read"


@pytest.mark.parametrize("path", ["", "brief/", "charts/", "plan/"])
def test_nobody_else_finds_any_of_it(pair: Pair, path: str) -> None:
    client, _ = pair
    for person in (make_therapist(), make_staff(), make_admin(), make_client(), client):
        assert signed_in(person).get(f"/care/{client.pk}/{path}").status_code == 404
    assert acts(client) == []


def test_a_symptom_is_picked_with_the_client_and_retired_with_its_history(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    assert browser.post(f"/care/{client.pk}/plan/", {"symptom": "panic"}).status_code == 302
    picked = PickedSymptom.objects.get(client=client)
    assert picked.picked_by == therapist
    assert browser.post(f"/care/{client.pk}/plan/{picked.pk}/retire/").status_code == 302
    picked.refresh_from_db()
    assert picked.retired_by == therapist
    assert acts(client).count("plan changed") == 2


@pytest.mark.parametrize("symptom", ["", "no-such-thing", "panic\x00s", "\u202epanic", "x" * 100_000])
def test_an_odd_symptom_is_refused_in_words_beside_the_field(pair: Pair, symptom: str) -> None:
    client, therapist = pair
    answer = signed_in(therapist).post(f"/care/{client.pk}/plan/", {"symptom": symptom})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not PickedSymptom.objects.exists()


def test_a_fifth_symptom_has_no_place(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    for slug in ("panic", "restless", "numb", "irritable"):
        browser.post(f"/care/{client.pk}/plan/", {"symptom": slug})
    answer = browser.post(f"/care/{client.pk}/plan/", {"symptom": "sad"})
    assert answer.status_code == 422
    assert "Four are followed" in answer.content.decode()
