"""The first page and its letters ask less when a week is full, and never more than fifteen minutes in seven days."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journaling.assigned import Assigned as Chosen
from journaling.chosen import Chosen as ChosenValue
from journaling.library import load as shelf
from journaling.offering import Offer
from journaling.reminders import plan_prompts
from journaling.writing import Written, keep
from koru.people.models import Person
from koru.reminders.burden import load, room_on
from koru.reminders.check_in_notes import plan_check_ins
from koru.reminders.choices import set_check_in_time
from koru.reminders.models import Letter
from koru.today.asking_less import WHY, ask_less
from koru.today.page import today_of
from koru.today.room import asked_around, has_room, prompts, week_of
from moodtracking.measures import definitions, schedules
from moodtracking.measures.due import Assigned, Window
from moodtracking.measures.models import Assignment
from moodtracking.measures.reminders import replan
from moodtracking.measures.standing import Asked, Standing
from moodtracking.models import CheckIn, PickedSymptom
from tests.journaling.sittings import at, make_dosing, make_pair

Clock = Callable[[str], object]
TODAY = date(2026, 11, 24)
OWN = Offer(shelf().prompts["b-three-words"], "")
NOW = "2026-11-24T17:00:00+00:00"


@pytest.fixture
def pair(db: None, clock: Clock) -> tuple[Person, Person]:
    clock(NOW)
    return make_pair()


def standing(days: list[tuple[str, int]]) -> Standing:
    asked = []
    for slug, ahead in days:
        day = TODAY + timedelta(days=ahead)
        one = Assigned(slug, schedules.load()["monthly"], day)
        asked.append(Asked(uuid4(), definitions.load()[slug], "", one, Window(day, day, day + timedelta(days=7)), False, None))
    return Standing(TODAY, tuple(asked), False)


def answers(further: int, written: list[int]) -> list[list[Any]]:
    return [[("x",)] * further, [], told(written)]


def told(written: list[int]) -> list[tuple[date, str]]:
    return [(TODAY + timedelta(days=back), "b-three-words") for back in written]


slugs = st.sampled_from(["phq-9", "gad-7", "pcl-5", "audit-c"])
measures = st.lists(st.tuples(slugs, st.integers(-10, 10)), max_size=5, unique_by=lambda one: one[0])


@given(measures, st.integers(0, 9), st.lists(st.integers(-6, 0), max_size=4), st.booleans())
def test_whatever_is_offered_fits_beside_all_else_in_any_seven_days(
    days: list[tuple[str, int]], further: int, written: list[int], chosen: bool
) -> None:
    value = ChosenValue(uuid4(), Chosen.Kind.PROMPT, "b-three-words", "", "Demo Wren", OWN.prompt) if chosen else None
    stands, offer = standing(days), Offer(OWN.prompt, "", value)
    if not has_room(offer, TODAY, answers(further, written), stands):
        return
    asks = [*asked_around(TODAY, further, stands), *prompts(told(written))]
    takes = offer.prompt.minutes if chosen else load().prompt
    assert takes <= room_on(TODAY, asks)
    for back in range(7):
        first = TODAY - timedelta(days=back)
        asked = sum(one.minutes for one in asks if first <= one.day < first + timedelta(days=7))
        assert asked + takes <= load().most


@given(measures, st.integers(0, 9), st.lists(st.integers(-6, 0), max_size=4))
def test_more_questions_or_more_written_never_make_more_room(
    days: list[tuple[str, int]], further: int, written: list[int]
) -> None:
    stands = standing(days)
    if has_room(OWN, TODAY, answers(further + 1, [*written, 0]), stands):
        assert has_room(OWN, TODAY, answers(further, written), stands)


def window_on(slug: str, every: int, first: int, day: int) -> Asked:
    """The measure's window that is open on that day, or else the next: asked every so many days."""
    due = first + max(0, -(-(day - 6 - first) // every)) * every
    begins = TODAY + timedelta(days=due)
    one = Assigned(slug, schedules.load()["monthly"], begins)
    return Asked(uuid4(), definitions.load()[slug], "", one, Window(begins, begins, begins + timedelta(days=7)), False, None)


@given(st.integers(0, 9), st.integers(0, 13), st.integers(0, 27), st.lists(st.booleans(), min_size=45, max_size=45))
def test_over_weeks_no_seven_days_ask_for_more_than_the_most(further: int, two: int, four: int, answered: list[bool]) -> None:
    times = {"phq-9": (14, two), "gad-7": (14, two), "pcl-5": (28, four)}
    known = definitions.load()
    written: list[tuple[date, str]] = []
    for number, answers_it in enumerate(answered):
        today = TODAY + timedelta(days=number)
        stands = Standing(today, tuple(window_on(slug, *when, number) for slug, when in times.items()), False)
        lately = [one for one in written if (today - one[0]).days < 7]
        if answers_it and has_room(OWN, today, [[("x",)] * further, [], lately], stands):
            written.append((today, OWN.prompt.slug))
    asks = [(TODAY + timedelta(days=day), load().day(further)) for day in range(45)]
    dues = ((slug, day) for slug, (every, first) in times.items() for day in range(first, 45, every))
    asks += [(TODAY + timedelta(days=day), float(known[slug].minutes)) for slug, day in dues]
    standing_load = 7 * load().day(further) + sum(known[slug].minutes for slug in times)
    asks += [(one.day, one.minutes) for one in prompts(written)]
    for number in range(45):
        first = TODAY + timedelta(days=number)
        asked = sum(minutes for day, minutes in asks if first <= day < first + timedelta(days=7))
        assert asked <= max(load().most, standing_load)


def test_days_left_out_leave_nothing_to_make_up_for() -> None:
    assert has_room(OWN, TODAY, answers(4, []), standing([("pcl-5", -7), ("phq-9", -8)]))


def test_after_two_prompts_in_a_week_the_page_asks_no_third_and_writing_stays_open(pair: tuple[Person, Person]) -> None:
    client = pair[0]
    assert today_of(client).offer
    for slug in ("b-three-words", "b-a-small-hope"):
        keep(Written("Demo words", prompt=slug), key=uuid4(), by=client)
    assert today_of(client).offer is None


def test_a_week_of_long_measures_has_no_prompt_on_the_page(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    for place, slug in enumerate(("panic", "restless", "numb", "sad"), 1):
        PickedSymptom.objects.create(client=client, slug=slug, place=place, picked_by=therapist)
    for slug in ("pcl-5", "phq-9", "gad-7"):
        Assignment.objects.create(
            client=client, measure=slug, form=definitions.load()[slug].first_form, schedule="monthly", begins_on=TODAY,
            assigned_by=therapist,
        )  # fmt: skip
    assert today_of(client).offer is None


def test_a_letter_about_something_to_write_goes_back_when_the_week_is_full(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    client, therapist = pair
    make_dosing(client, therapist, at("2026-11-30T15:00:00+00:00"))
    plan_prompts(timezone.now())
    assert ask_less(timezone.now()) == 0
    for measure in ("pcl-5", "phq-9", "gad-7"):
        form = definitions.load()[measure].first_form
        Assignment.objects.create(
            client=client, measure=measure, form=form, schedule="monthly", begins_on=TODAY, assigned_by=therapist
        )
    PickedSymptom.objects.create(client=client, slug="panic", place=1, picked_by=therapist)
    assert ask_less(timezone.now()) == 1
    assert Letter.objects.get(kind="prompt-ready").withdrawn_why == WHY
    plan_prompts(timezone.now())
    assert ask_less(timezone.now()) == 0
    assert Letter.objects.filter(kind="prompt-ready", withdrawn_at=None).count() == 0


def write_much(client: Person) -> None:
    """More than fifteen minutes of it."""
    for slug in ("b-three-words", "b-a-small-hope", "b-question-to-hold") * 3:
        keep(Written("Demo words", prompt=slug), key=uuid4(), by=client)


def letters(kind: str) -> list[str]:
    """Why each was withdrawn, "" for one that stands."""
    return list(Letter.objects.filter(kind=kind).order_by("due_at").values_list("withdrawn_why", flat=True))


def test_in_a_full_week_the_page_folds_what_is_optional_says_why_and_loses_nothing(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    PickedSymptom.objects.create(client=client, slug="panic", place=1, picked_by=therapist)
    own = Client()
    own.force_login(client)
    usual = own.get("/check-in/").content.decode()
    assert "A little more" in usual
    assert usual.index('name="symptom:panic"') < usual.index("A little more")
    write_much(client)
    page = own.get("/check-in/").content.decode()
    assert page.index("Add more, if you like") < page.index('name="symptom:panic"')
    assert "fifteen minutes in seven days" in page
    assert page.count('name="mood"') == usual.count('name="mood"')
    own.post("/check-in/", {"key": str(uuid4()), "asked": ["mood", "symptom:panic"], "mood": "1", "symptom:panic": "3"})
    assert CheckIn.objects.get().answers == {"mood": 1, "symptom:panic": 3}


def test_in_a_full_week_no_note_to_check_in_is_sent_and_the_next_week_has_one(pair: tuple[Person, Person], clock: Clock) -> None:
    client = pair[0]
    set_check_in_time(client, time(19), by=client)
    clock("2026-11-24T23:30:00+00:00")  # half past six in New York
    plan_check_ins()
    assert ask_less(timezone.now()) == 0
    write_much(client)
    assert ask_less(timezone.now()) == 1
    plan_check_ins()
    assert letters("check-in") == [WHY]
    clock("2026-12-02T23:30:00+00:00")
    plan_check_ins()
    assert ask_less(timezone.now()) == 0
    assert letters("check-in")[-1] == ""


def test_in_a_full_week_the_note_about_a_form_waits_three_days_and_then_lapses(pair: tuple[Person, Person], clock: Clock) -> None:
    client, therapist = pair
    Assignment.objects.create(
        client=client, measure="who-5", form=definitions.load()["who-5"].first_form, schedule="monthly",
        begins_on=TODAY + timedelta(days=1), assigned_by=therapist,
    )  # fmt: skip
    replan(client)
    assert letters("measure-due") == ["", ""]
    write_much(client)
    for morning, known in (("2026-11-25", [WHY, ""]), ("2026-11-28", [WHY, WHY])):
        clock(f"{morning}T14:30:00+00:00")  # half an hour before
        ask_less(timezone.now())
        replan(client)
        assert letters("measure-due") == known


def test_a_form_whose_week_has_room_by_its_third_day_is_told_then(pair: tuple[Person, Person], clock: Clock) -> None:
    client, therapist = pair
    write_much(client)
    clock("2026-11-29T17:00:00+00:00")
    Assignment.objects.create(
        client=client, measure="who-5", form=definitions.load()["who-5"].first_form, schedule="monthly",
        begins_on=TODAY + timedelta(days=6), assigned_by=therapist,
    )  # fmt: skip
    replan(client)
    for morning, known in (("2026-11-30", [WHY, ""]), ("2026-12-03", [WHY, ""])):
        clock(f"{morning}T14:30:00+00:00")
        ask_less(timezone.now())
        assert letters("measure-due") == known


def test_one_query_tells_how_a_week_stands(pair: tuple[Person, Person], django_assert_num_queries: Any) -> None:
    week_of(pair[0], timezone.now())
    with django_assert_num_queries(1):
        assert not week_of(pair[0], timezone.now()).full
