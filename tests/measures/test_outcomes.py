"""How people fare, counted in the database: the same as counting one by one with the rule of a single change."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from statistics import median_low
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from koru.moments.spans import Span
from koru.people.models import Person
from moodtracking.measures.comparing import Result, Verdict, change
from moodtracking.measures.definitions import load
from moodtracking.measures.models import Assignment, Response
from moodtracking.measures.outcomes import outcomes
from scheduling.models import Appointment
from tests.people import make_client, make_clinic, make_room, make_therapist

pytestmark = pytest.mark.django_db
FIRST, BEFORE = date(2026, 3, 2), date(2026, 9, 1)
Fill = tuple[str, int, int]  # measure, total, days after the first day

A_FILL = some.tuples(some.sampled_from(["phq-9", "who-5"]), some.integers(0, 27), some.integers(0, 120))
A_LIFE = some.tuples(some.lists(A_FILL, max_size=6, unique_by=lambda one: one[::2]), some.sets(some.integers(0, 120), max_size=3))


def fill(client: Person, slug: str, total: int, day: date, *, form: str = "x", corrects: Response | None = None) -> Response:
    at = datetime.combine(day, time(18), UTC)
    asked, _ = Assignment.objects.get_or_create(
        client=client, measure=slug, defaults={"form": form, "schedule": "course", "begins_on": FIRST, "assigned_by": client}
    )
    return Response.objects.create(
        client=client, measure=slug, version=load()[slug].version, form=form, language="en", state="completed", corrects=corrects,
        asked_on=day, started_at=at, closed_at=at, zone="UTC", local_date=day, total=total, key=uuid4(), answers={}, taps={},
        assignment=asked,
    )  # fmt: skip


def session(client: Person, day: date, state: str = "met") -> None:
    span = Span.lasting(datetime.combine(day, time(9), UTC), 150)
    Appointment.objects.create(
        kind_id="dosing", client=client, therapist=make_therapist(), room=make_room(), place="room", during=span.range, before=0,
        after=0, padded=span.range, state=state,
    )  # fmt: skip


def by_hand(lives: list[tuple[list[Fill], set[int]]]) -> dict[str, tuple[int, int, int]]:
    """People, better, and the median of sessions until then, by the rule of one change."""
    people: dict[str, int] = defaultdict(int)
    better: dict[str, list[int]] = defaultdict(list)
    for fills, days in lives:
        for slug in {one[0] for one in fills} if days else set():
            line = sorted((day, total) for measure, total, day in fills if measure == slug)
            if len(line) < 2:
                continue
            people[slug] += 1
            measure = load()[slug]

            def result(total: int, slug: str = slug, version: int = measure.version) -> Result:
                return Result(total, slug, version, "x", "en")

            first = result(line[0][1])
            reached = [day for day, total in line[1:] if change(first, result(total), measure).verdict is Verdict.BETTER]
            if reached:
                better[slug].append(sum(day <= reached[0] for day in days))
    return {slug: (count, len(better[slug]), median_low(better[slug] or [-1])) for slug, count in people.items()}


@settings(max_examples=25, deadline=None)
@given(lives=some.lists(A_LIFE, max_size=4))
def test_it_is_as_counting_one_by_one(lives: list[tuple[list[Fill], set[int]]]) -> None:
    with transaction.atomic():
        make_clinic()
        for fills, days in lives:
            client = make_client()
            for slug, total, day in fills:
                fill(client, slug, total, FIRST + timedelta(days=day))
            for day in days:
                session(client, FIRST + timedelta(days=day))
        found = {one.measure: (one.people, one.better, one.sessions[1] if one.sessions else -1) for one in outcomes(BEFORE)}
        transaction.set_rollback(True)
    assert found == by_hand(lives)


def test_what_is_not_alike_corrected_later_or_without_a_session_does_not_count() -> None:
    make_clinic()
    without, alone, forms, missed, corrected = (make_client() for _ in range(5))
    for client in (alone, forms, corrected):
        session(client, FIRST)
    session(missed, FIRST, state="missed")
    for client in (without, missed):
        fill(client, "phq-9", 20, FIRST)
        fill(client, "phq-9", 4, FIRST + timedelta(days=14))
    fill(alone, "phq-9", 20, FIRST)
    fill(alone, "phq-9", 4, BEFORE)  # not before the day
    fill(forms, "pcl-5", 60, FIRST, form="weekly")
    fill(forms, "pcl-5", 10, FIRST + timedelta(days=14), form="monthly")
    wrong = fill(corrected, "phq-9", 20, FIRST)
    fill(corrected, "phq-9", 12, FIRST + timedelta(days=1), corrects=wrong)
    assert outcomes(BEFORE) == []
    fill(corrected, "phq-9", 6, FIRST + timedelta(days=20))
    (told,) = outcomes(BEFORE)
    assert (told.measure, told.people, told.better, told.sessions) == ("phq-9", 1, 1, (1, 1, 1))
