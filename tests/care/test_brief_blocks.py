"""The brief's blocks: measures in sentences, side effects by day; as few questions for much as for little."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journaling.models import Intention
from koru.care.after_session import Noted, column, table
from koru.people.models import Person
from moodtracking.checking_in import check_in
from moodtracking.given import Given
from moodtracking.item_sets import load
from moodtracking.measures import definitions
from moodtracking.measures.models import Assignment, Response
from moodtracking.models import CheckIn
from tests.care.world import appointment, signed_in, write
from tests.days import this_day

Pair = tuple[Person, Person]
EFFECTS = sorted(load().side_effects)


def filled(pair: Pair, slug: str, total: int, days_ago: int, answers: dict[str, int] | None = None) -> Response:
    client, therapist = pair
    measure, today = definitions.load()[slug], this_day()
    assignment, _ = Assignment.objects.get_or_create(
        client=client, measure=slug, ended_at=None,
        defaults={"form": measure.first_form, "schedule": "fortnightly", "begins_on": today, "assigned_by": therapist},
    )  # fmt: skip
    at = timezone.now() - timedelta(days=days_ago)
    return Response.objects.create(
        client=client, assignment=assignment, measure=slug, version=measure.version, form=assignment.form,
        language=measure.language, state="completed", answers=answers or {item.key: 1 for item in measure.items},
        asked_on=at.date(), started_at=at, closed_at=at, zone=client.zone, local_date=at.date(), total=total,
        answered=len(measure.scored), key=uuid4(),
    )  # fmt: skip


@pytest.mark.django_db
def test_an_intention_stands_only_while_its_entry_is_shared(pair: Pair) -> None:
    client = pair[0]
    for share, shown in (("only_me", False), ("my_therapist", True)):
        entry = write(client, share=share, text="Demo words")
        Intention.objects.create(client=client, entry=entry, text=f"Soft {share}", said_at=timezone.now())
        assert (f"Soft {share}" in page(pair)) is shown


def page(pair: Pair) -> str:
    return signed_in(pair[1]).get(f"/care/{pair[0].pk}/brief/").content.decode()


@pytest.mark.django_db
def test_a_measure_is_a_sentence_with_its_bound_and_the_totals_before(pair: Pair) -> None:
    filled(pair, "phq-9", 17, 20)
    filled(pair, "phq-9", 11, 6)
    shown = page(pair)
    assert "6 lower than" in shown
    assert "more than noise" in shown
    assert "17 on " in shown


@pytest.mark.django_db
def test_an_item_that_moved_by_two_is_named(pair: Pair) -> None:
    items = definitions.load()["gad-7"].items
    filled(pair, "gad-7", 7, 20, {item.key: 3 if item.key == items[0].key else 1 for item in items})
    filled(pair, "gad-7", 5, 6, {item.key: 1 for item in items})
    assert f"{items[0].text}: 3 before, 1 now" in page(pair)


@pytest.mark.django_db
def test_side_effects_stand_by_day(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    session = appointment(client, therapist, now - timedelta(days=3), "met")
    session.kind_id = "dosing"
    session.save()
    for days, nausea in ((3, 2), (2, 1)):
        row = check_in(
            Given({"side_effect:nausea": nausea, "side_effect:vision": 0}),
            by=client, key=uuid4(), kind=CheckIn.Kind.SIDE_EFFECT, about=session,
        )  # fmt: skip
        at = now - timedelta(days=days) + timedelta(hours=2)
        CheckIn.objects.filter(pk=row.pk).update(at=at, recorded_at=at, local_date=at.date())
    shown = page(pair)
    assert "Sick feeling or vomiting" in shown
    assert "moderate" in shown
    assert "None: blurred or double sight" in shown


@pytest.mark.django_db
def test_it_asks_as_often_for_much_as_for_little(pair: Pair) -> None:
    counts: list[int] = []
    for more in (2, 12):
        for number in range(more):
            filled(pair, "phq-9", number, 300 - number - 20 * len(counts))
            filled(pair, "gad-7", number, 300 - number - 20 * len(counts))
        browser = signed_in(pair[1])
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/care/{pair[0].pk}/brief/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


notes = st.lists(
    st.builds(Noted, st.integers(-2, 9), st.dictionaries(st.sampled_from(EFFECTS), st.integers(0, 3), max_size=4)), max_size=8
)


@given(notes)
def test_the_table_shows_the_strongest_of_each_day_and_nothing_that_was_not_asked(told: list[Noted]) -> None:
    shown = table(told)
    within = [one for one in told if column(one.day) is not None]
    if shown is None:
        assert not within
        return
    for key in EFFECTS:
        words = [effect for effect in shown.effects if effect.words == load().side_effects[key].ask]
        values = [one.answers[key] for one in within if key in one.answers]
        assert bool(words) == any(values)
        for place in range(3):
            of_day = [one.answers[key] for one in within if column(one.day) == place and key in one.answers]
            if words:
                assert words[0].days[place] == (load().side_effects[key].word(int(max(of_day))) if of_day else "")
