"""What must never be of a flag is refused by the database itself, whoever writes to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from koru.people.models import Alliance, Person, Role
from koru.safety.flags import Flag, FlagStep
from koru.safety.handling import close
from koru.safety.steps import note_step
from tests.people import make_client, make_therapist

from .flagged import House


@pytest.mark.parametrize(
    "change",
    [
        "owner_id = NULL",
        "due_at = NULL",
        "level = 0",
        "level = 4",
        "count = 0",
        "state = 'acknowledged'",
        "state = 'closed'",
        "acknowledged_at = now()",
        "outcome = 'reached'",
        "latest_at = raised_at - interval '1 second'",
        "owner_id = client_id",
        "state = 'acknowledged', acknowledged_at = now(), acknowledged_by_id = client_id",
        "state = 'closed', acknowledged_at = now(), acknowledged_by_id = owner_id, closed_at = now(), closed_by_id = owner_id",
        "state = 'closed', acknowledged_at = now(), acknowledged_by_id = owner_id, closed_at = now(), outcome = 'reached'",
        "state = 'closed', acknowledged_at = now(), acknowledged_by_id = owner_id, closed_at = now(), outcome = 'reached',"
        " closed_by_id = client_id",
    ],
)
def test_the_database_refuses_a_flag_that_cannot_be(house: House, change: str) -> None:
    flag = house.item9(1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" ".join(("UPDATE safety_flag SET", change, "WHERE id = %s")), [flag.pk])


@pytest.mark.parametrize("make", [make_client, lambda: make_therapist(is_active=False)])
def test_the_database_gives_no_flag_to_a_client_or_to_somebody_who_has_left(house: House, make: Callable[[], Person]) -> None:
    flag, somebody = house.item9(1), make()
    with pytest.raises(IntegrityError, match="who works here"), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(owner=somebody)


@pytest.mark.parametrize("what", ["acknowledged", "done", "closed"])
def test_the_database_lets_no_clock_see_or_close_anything(house: House, what: str) -> None:
    flag = house.item9(1)
    with pytest.raises(IntegrityError, match="the_clock_closes_nothing"), transaction.atomic():
        note_step(flag, FlagStep.What(what), by=None)


@pytest.mark.parametrize("leaves", [{"is_active": False}, {"role": Role.CLIENT}, {}])
def test_while_there_is_a_client_the_database_keeps_somebody_there(house: House, leaves: dict[str, Any]) -> None:
    Alliance.objects.all().delete()
    Person.objects.filter(pk=house.hazel.pk).update(is_active=False)
    last = Person.objects.filter(pk=house.wren.pk)
    with pytest.raises(IntegrityError, match="somebody has to be there"), transaction.atomic():
        last.update(**leaves) if leaves else last.delete()
    Person.objects.filter(pk=house.rowan.pk).update(is_active=False)
    assert last.update(is_active=False) == 1, "with no client left everybody may go"


def test_the_database_refuses_a_second_open_flag_of_one_cause(house: House) -> None:
    flag = house.item9(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.create(
            client=house.rowan, key=flag.key, level=1, owner=house.wren, raised_at=flag.raised_at,
            counted_from=flag.raised_at, latest_at=flag.raised_at, due_at=flag.due_at, answers=[],
        )  # fmt: skip


def test_the_database_keeps_closed_flags_and_steps_as_they_were(house: House) -> None:
    flag = house.item9(1)
    close(flag.pk, "reached", "Demo note", by=house.wren)
    with pytest.raises(ProgrammingError, match="stays as it is"), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(outcome="nothing")
    with pytest.raises(ProgrammingError, match="written once"), transaction.atomic():
        FlagStep.objects.filter(flag=flag).update(what="again")
