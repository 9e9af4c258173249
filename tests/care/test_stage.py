"""Where the two are after the sessions: agreed by the therapist, read by both, and what it offers."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from koru.people.models import Person, Spacing, Stage
from koru.people.spacing import propose
from koru.people.spacings import SPACINGS
from koru.people.stages import CannotSet, set_stage, stage_of
from koru.privacy.looks import looks_at
from moodtracking import seeing_less
from moodtracking.seeing_less import Along
from tests.care.world import signed_in
from tests.crowd import together
from tests.journaling.sittings import make_dosing
from tests.people import ally, make_staff, make_therapist

Pair = tuple[Person, Person]
pytestmark = pytest.mark.django_db


def agree(pair: Pair, stage: str) -> int:
    client, therapist = pair
    return signed_in(therapist).post(f"/care/{client.pk}/plan/stage/", {"stage": stage}).status_code


def say_yes(client: Person) -> None:
    row = Spacing.objects.open().get(client=client)
    assert signed_in(client).post(f"/meeting-less/{row.pk}/yes/").status_code == 302


def guides(client: Person) -> str:
    return signed_in(client).get("/journal/guides/").content.decode().partition("All of them")[0]


def test_a_therapist_says_so_and_both_read_it(pair: Pair) -> None:
    client, therapist = pair
    assert agree(pair, "maintenance.6") == 302
    say_yes(client)
    for page in (signed_in(therapist).get(f"/care/{client.pk}/plan/"), signed_in(client).get("/check-in/items/")):
        assert "Seeing each other less, about every 6 weeks." in page.content.decode()
    assert "plan changed" in {row.act for row in looks_at(client)}


@pytest.mark.parametrize("stage", ["", "maintenance", "maintenance.5", "maintenance.", "finishing.4", "\x00", "x" * 5000])
def test_anything_else_is_said_beside_the_field(pair: Pair, stage: str) -> None:
    assert agree(pair, stage) == 422
    assert not Stage.objects.exists()
    assert not Spacing.objects.exists()


def test_each_stage_is_kept_when_another_begins_and_the_same_again_is_none(pair: Pair) -> None:
    for stage in ("maintenance.4", "maintenance.4", "maintenance.8", "finishing", "finishing", "sessions", "sessions"):
        assert agree(pair, stage) == 302
        if Spacing.objects.open().exists():
            say_yes(pair[0])
    kept = Stage.objects.order_by("since").values_list("name", "weeks", "set_by")
    assert [*kept] == [(name, weeks, pair[1].pk) for name, weeks in (("maintenance", 4), ("maintenance", 8), ("finishing", None))]
    assert stage_of(pair[0]) is None


def test_guides_for_meeting_less_and_for_the_end_come_with_it(pair: Pair) -> None:
    client, therapist = pair
    met = timezone.now() - timedelta(days=90)
    make_dosing(client, therapist, met, met + timedelta(minutes=150))
    assert "Keeping well" not in guides(client)
    agree(pair, "maintenance.8")
    assert "Keeping well" not in guides(client), "nothing stands before their yes"
    say_yes(client)
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
def test_two_therapists_and_a_client_at_once_leave_one_that_stands(pair: Pair) -> None:
    client, therapist = pair
    other = make_therapist()
    ally(client, other)
    proposes = [partial(propose, weeks, client=client, by=by) for by in (therapist, other) for weeks in SPACINGS]

    def yes() -> object:
        row = Spacing.objects.open().filter(client=client).first()
        return seeing_less.agree(row.pk, Along(), waits=None, by=client) if row else None

    def finishing() -> object:
        return set_stage("finishing", client=client, by=other)

    deeds: list[Callable[[], object]] = [*proposes, yes, yes, finishing, yes]
    together(deeds)
    assert Stage.objects.now().filter(client=client).count() <= 1
    assert Spacing.objects.open().filter(client=client).count() <= 1
    assert Stage.objects.exists()
