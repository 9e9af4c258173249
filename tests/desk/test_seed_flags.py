"""What invented answers raise: item 9 as often as clinical.md 13 has it, each with a flag that a person has closed."""

from datetime import UTC, datetime

import pytest
from django.db.models import Min
from hypothesis import given
from hypothesis import strategies as st

from koru.desk.seeding.bulk import load
from koru.desk.seeding.chance import Chance
from koru.desk.seeding.measured import NOTICED, answers
from koru.safety.flags import Flag, FlagStep
from moodtracking.measures.models import Response
from moodtracking.models import CheckIn

UNTIL = datetime(2026, 11, 24, 15, tzinfo=UTC)
MANY = 4000


def share(*, is_first: bool) -> float:
    chance = Chance(11)
    told = (answers("phq-9", 12, chance, is_first=is_first)[NOTICED] for _ in range(MANY))
    return sum(value > 0 for value in told) / MANY


def test_item_nine_is_there_in_about_fifteen_of_a_hundred_first_fills_and_under_three_later() -> None:
    assert 0.13 < share(is_first=True) < 0.17
    assert 0 < share(is_first=False) < 0.03


@given(st.integers(0, 2**32), st.floats(0, 27), st.booleans(), st.sampled_from(["phq-9", "gad-7"]))
def test_every_answer_is_on_its_scale(seed: int, middle: float, is_first: bool, slug: str) -> None:
    assert all(0 <= value <= 3 for value in answers(slug, middle, Chance(seed), is_first=is_first).values())


@pytest.mark.django_db
def test_each_answer_to_item_nine_has_its_flag_and_a_person_who_closed_it() -> None:
    load(60, 2, 4, UNTIL)
    rows = list(Response.objects.filter(measure="phq-9").select_related("client"))
    told = {row.pk: row.given[NOTICED] for row in rows if row.given[NOTICED]}
    flags = {flag.about: flag for flag in Flag.objects.filter(key="phq9_item9").select_related("client", "owner")}
    assert told
    assert flags.keys() == told.keys()
    for about, value in told.items():
        flag = flags[about]
        assert flag.history[0]["facts"] == {"phq-9.item.9": value}
        assert flag.level == (2 if value == 1 else 3)
    firsts = set(
        Response.objects.filter(measure="phq-9")
        .values("client")
        .annotate(first=Min("started_at"))
        .values_list("first", flat=True)
    )
    assert any(row.started_at in firsts for row in rows if row.pk in told)


@pytest.mark.django_db
def test_each_flag_was_seen_by_its_owner_closed_in_order_and_keeps_what_happened() -> None:
    load(60, 2, 4, UNTIL)
    flags = list(Flag.objects.select_related("owner", "client"))
    assert flags
    for flag in flags:
        assert (flag.state, flag.outcome != "") == ("closed", True)
        assert flag.acknowledged_by == flag.closed_by == flag.owner
        assert flag.acknowledged_at
        assert flag.closed_at
        assert flag.raised_at < flag.acknowledged_at <= flag.closed_at < UNTIL
        assert flag.acknowledged_at <= flag.due_at
        kept = list(FlagStep.objects.filter(flag=flag).values_list("what", flat=True))
        assert (kept[0], kept[-2:]) == ("raised", ["acknowledged", "closed"])
        assert ("shown" in kept) == (flag.key == "phq9_item9")


@pytest.mark.django_db
def test_whose_weeks_go_up_and_down_has_one_drop_of_mood() -> None:
    load(60, 2, 4, UNTIL)
    drops = Flag.objects.filter(key="mood_drop").select_related("client")
    assert drops
    by_client = {flag.client_id: flag for flag in drops}
    assert len(by_client) == len(drops)
    for flag in drops:
        assert flag.about
        row = CheckIn.objects.get(pk=flag.about)
        assert row.client_id == flag.client_id
        assert row.answers["mood"] <= -1
        assert flag.level == (2 if flag.history[0]["facts"]["mood.drop.after_session"] else 1)
