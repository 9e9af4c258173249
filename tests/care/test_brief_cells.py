"""Cells of the brief: what it doesn't know, how far days lay apart, an asked-for call, intentions then and now, a small line."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journaling.aiming import keep_goal_to_oneself
from journaling.models import Intention
from koru.care.spark import HIGH, WIDE, spark_of
from koru.people.models import Person
from koru.safety.flags import Flag
from koru.safety.noticing import notice
from koru.sealing.keyring import keyring

from .brief_text import dosing_before, text_of, towards
from .world import check_in, signed_in, write

Pair = tuple[Person, Person]
DAY = date(2026, 3, 1)


def brief(pair: Pair) -> str:
    return signed_in(pair[1]).get(f"/care/{pair[0].pk}/brief/").content.decode()


@pytest.mark.django_db
def test_it_says_since_when_nothing_was_noted_instead_of_drawing_through(pair: Pair, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00+00:00")
    dosing_before(*pair, 12)
    for back in (9, 10, 11):
        check_in(pair[0], timezone.now() - timedelta(days=back))
    assert "No check-ins since Sunday 15 November" in brief(pair)
    check_in(pair[0], timezone.now() - timedelta(hours=5))
    assert "No check-ins since" not in brief(pair)


@pytest.mark.django_db
def test_a_spread_stands_beside_the_middle(pair: Pair, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00+00:00")
    dosing_before(*pair, 8)
    for back in range(1, 7):
        row = check_in(pair[0], timezone.now() - timedelta(days=back))
        row.answers = {"mood": -2 if back == 3 else 1}
        row.save(update_fields=["answers"])
    assert ", from " in brief(pair)


@pytest.mark.django_db
def test_a_call_that_was_asked_for_and_not_made_stands_at_the_top(pair: Pair) -> None:
    (flag,) = notice(pair[0], {"phq-9.item.9": 1}, about=uuid4(), by=pair[0])
    assert "Asked for a call" not in brief(pair)
    Flag.objects.filter(pk=flag.pk).update(call_asked_at=timezone.now())
    page = brief(pair)
    assert page.index("Asked for a call") < page.index("Safety</h2>")


@pytest.mark.django_db
def test_the_intention_of_the_last_session_stands_beside_the_newer_one(pair: Pair) -> None:
    dosing_before(*pair, 5)
    entry = write(pair[0])
    for words, back in (("Then: soft", 6), ("Now: curious", 1)):
        Intention.objects.create(client=pair[0], entry=entry, text=words, said_at=timezone.now() - timedelta(days=back))
    page = brief(pair)
    assert page.index("Intention, last session") < page.index("Then: soft") < page.index("Now: curious")


@pytest.mark.django_db
def test_goals_stand_as_they_were_said_first_and_last_and_only_what_is_shared(pair: Pair, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00+00:00")
    client = pair[0]
    with keyring():
        towards(client)
        towards(client, "Sing again", ())
        keep_goal_to_oneself(towards(client, "Kept apart", ("Humming",)).pk, by=client)
    page = " ".join(text_of(brief(pair)).text)
    assert "Sleep most nights Then, Tue 3 Nov: 2 of 10, Two nights Now, Tue 17 Nov: 4 of 10, Five nights" in page
    assert "Sing again Since Tue 24 Nov" in page
    assert "Four" not in page
    assert "Kept apart" not in page
    assert "Humming" not in page


totals = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 27)), max_size=8)


@given(totals, st.lists(st.integers(-100, 1000), max_size=6))
def test_a_small_line_stays_in_its_frame_and_marks_only_sessions_within(told: list[tuple[int, int]], met: list[int]) -> None:
    days = sorted((DAY + timedelta(days=day), total) for day, total in told)
    drawn = spark_of(days, 27, [DAY + timedelta(days=day) for day in met])
    if not days or days[0][0] == days[-1][0]:
        assert drawn is None
        return
    assert drawn is not None
    points = [tuple(map(float, point.split(","))) for point in drawn.points.split()]
    assert len(points) == len(days)
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in points)
    assert len(drawn.sessions) == sum(days[0][0] <= DAY + timedelta(days=day) <= days[-1][0] for day in met)
