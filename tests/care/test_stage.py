"""Where the two are after the sessions: agreed by the therapist, read by both, and what it offers."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from koru.people.models import Person, Stage
from koru.people.stages import SPACINGS, CannotSet, set_stage, stage_of
from koru.privacy.looks import looks_at
from tests.care.world import signed_in
from tests.crowd import together
from tests.journaling.sittings import make_dosing
from tests.people import ally, make_staff, make_therapist

Pair = tuple[Person, Person]
pytestmark = pytest.mark.django_db


def agree(pair: Pair, stage: str) -> int:
    client, therapist = pair
    return signed_in(therapist).post(f"/care/{client.pk}/plan/stage/", {"stage": stage}).status_code


def guides(client: Person) -> str:
    return signed_in(client).get("/journal/guides/").content.decode().partition("All of them")[0]


def test_a_therapist_says_so_and_both_read_it(pair: Pair) -> None:
    client, therapist = pair
    assert agree(pair, "maintenance.6") == 302
    for page in (signed_in(therapist).get(f"/care/{client.pk}/plan/"), signed_in(client).get("/check-in/items/")):
        assert "Seeing each other less, about every 6 weeks." in page.content.decode()
    assert "plan changed" in {row.act for row in looks_at(client)}


@pytest.mark.parametrize("stage", ["", "maintenance", "maintenance.5", "maintenance.", "finishing.4", "\x00", "x" * 5000])
def test_anything_else_is_said_beside_the_field(pair: Pair, stage: str) -> None:
    assert agree(pair, stage) == 422
    assert not Stage.objects.exists()


def test_each_stage_is_kept_when_another_begins_and_the_same_again_is_none(pair: Pair) -> None:
    for stage in ("maintenance.4", "maintenance.4", "maintenance.8", "finishing", "finishing", "sessions", "sessions"):
        assert agree(pair, stage) == 302
    kept = Stage.objects.order_by("since").values_list("name", "weeks", "set_by")
    assert [*kept] == [(name, weeks, pair[1].pk) for name, weeks in (("maintenance", 4), ("maintenance", 8), ("finishing", None))]
    assert stage_of(pair[0]) is None


def test_guides_for_meeting_less_and_for_the_end_come_with_it(pair: Pair) -> None:
    client, therapist = pair
    met = timezone.now() - timedelta(days=90)
    make_dosing(client, therapist, met, met + timedelta(minutes=150))
    assert "Keeping well" not in guides(client)
    agree(pair, "maintenance.8")
    assert "Keeping well" in guides(client)
    agree(pair, "finishing")
    assert "Looking back" in guides(client)
    assert "A letter forward" in guides(client)
    assert "Keeping well" not in guides(client)


@pytest.mark.parametrize("who", ["another", "ended", "staff", "client"])
def test_nobody_but_their_therapist_sets_it(pair: Pair, who: str) -> None:
    client, therapist = pair
    if who == "ended":
        therapist.caseload.update(until=timezone.now())
    by = {"another": make_therapist(), "ended": therapist, "staff": make_staff(), "client": client}[who]
    with pytest.raises(CannotSet):
        set_stage("finishing", client=client, by=by)
    assert signed_in(by).post(f"/care/{client.pk}/plan/stage/", {"stage": "finishing"}).status_code in (403, 404)
    assert not Stage.objects.exists()


@pytest.mark.parametrize(("name", "weeks"), [("maintenance", None), ("maintenance", 5), ("finishing", 4), ("other", None)])
def test_the_database_takes_no_other(pair: Pair, name: str, weeks: int | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.create(id=uuid4(), client=pair[0], name=name, weeks=weeks, since=timezone.now(), set_by=pair[1])


@pytest.mark.django_db(transaction=True)
def test_two_therapists_at_once_leave_one_that_stands(pair: Pair) -> None:
    client, therapist = pair
    other = make_therapist()
    ally(client, other)
    set_by = [(by, weeks) for by in (therapist, other) for weeks in SPACINGS]
    together([partial(set_stage, "maintenance", client=client, by=by, weeks=weeks) for by, weeks in set_by])
    assert Stage.objects.now().filter(client=client).count() == 1
