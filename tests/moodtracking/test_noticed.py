"""What a check-in says that somebody has to look at: kept with the check-in, or neither is."""

from uuid import uuid4

import pytest

from koru.people.models import Person
from koru.safety import noticing
from koru.safety.flags import Flag
from moodtracking import saving
from moodtracking.given import Given
from moodtracking.models import CheckIn
from tests.moodtracking.days import ago, held_session, told
from tests.people import ally, make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    make_clinic()
    client = make_client()
    ally(client, make_therapist())
    return client


def moods(person: Person, *values: int) -> None:
    """One a day, the last of them yesterday."""
    for back, mood in enumerate(reversed(values), 1):
        told(person, {"mood": mood}, at=ago(days=back))


def keys() -> list[str]:
    return list(Flag.objects.order_by("key").values_list("key", flat=True))


def test_neither_is_kept_when_the_flag_cannot_be(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_goes(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(noticing, "begin", power_goes)
    with pytest.raises(RuntimeError):
        saving.save(Given({"symptom:urge-to-harm": 3}), uuid4(), by=person)
    assert not CheckIn.objects.exists()
    assert not Flag.objects.exists()


def test_a_sharp_drop_of_mood_is_a_routine_flag_and_opens_no_page(person: Person) -> None:
    moods(person, 1, 1, 2, 1, 1, 1)
    saved = saving.save(Given({"mood": -3}), uuid4(), by=person)
    flag = Flag.objects.get()
    assert (flag.key, flag.level, saved.help_path) == ("mood_drop", 1, "")


def test_within_a_week_after_a_session_it_is_prompt(person: Person) -> None:
    moods(person, 1, 1, 2, 1, 1, 1)
    held_session(person, ago(days=3))
    saving.save(Given({"mood": -3}), uuid4(), by=person)
    assert Flag.objects.get().level == 2


@pytest.mark.parametrize("mood", [0, 1, 3])
def test_a_mood_that_is_not_low_asks_nobody_to_look(person: Person, mood: int) -> None:
    moods(person, 3, 3, 3, 3, 3, 3)
    saving.save(Given({"mood": mood}), uuid4(), by=person)
    assert keys() == []


def test_wanting_more_strongly_twice_in_a_week_is_a_flag_and_once_is_none(person: Person) -> None:
    first = uuid4()
    saving.save(Given({"symptom:urge-to-use": 3}), first, by=person)
    saving.save(Given({"symptom:urge-to-use": 4}), first, by=person)
    assert keys() == []
    saving.save_after(Given({"side_effect:craving": 3}), uuid4(), by=person, about=None)
    assert keys() == ["craving", "side_effect"]


def test_a_strong_side_effect_is_a_prompt_flag(person: Person) -> None:
    saving.save_after(Given({"side_effect:nausea": 2}), uuid4(), by=person, about=None)
    assert keys() == []
    saving.save_after(Given({"side_effect:nausea": 3}), uuid4(), by=person, about=None)
    assert Flag.objects.get().level == 2


def test_taps_of_one_sitting_are_one_flag_that_keeps_each_answer(person: Person) -> None:
    key = uuid4()
    for value in (1, 3, 0):
        saving.save(Given({"symptom:urge-to-harm": value}), key, by=person)
    flag = Flag.objects.get()
    values = [row["facts"]["check-in.symptom:urge-to-harm"] for row in flag.history]
    assert (values, flag.level, flag.count, flag.state) == ([1, 3, 0], 3, 1, "open")
