"""Kinds and rooms as the clinic edits them in the admin: odd numbers and zones are met with words, not with broken pages."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from scheduling.models import AppointmentKind
from tests.people import make_room

from .practice import kind_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("field", "value"), [("grid", 0), ("grid", 241), ("minutes", 0), ("minutes", 721)])
def test_a_kind_has_a_length_and_a_grid(field: str, value: int) -> None:
    kind = kind_of("dosing")
    setattr(kind, field, value)
    with pytest.raises(ValidationError):
        kind.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentKind.objects.filter(pk="dosing").update(**{field: value})


def test_a_room_stands_in_a_zone_that_exists() -> None:
    room = make_room()
    room.full_clean()
    room.zone = "Mars/Olympus"
    with pytest.raises(ValidationError, match="America/New_York"):
        room.full_clean()


def test_kinds_come_with_the_lengths_of_the_clinical_reference() -> None:
    minutes = dict(AppointmentKind.objects.values_list("slug", "minutes"))
    assert minutes == {
        "consultation": 30, "preparation": 50, "integration": 50, "dosing": 150, "follow-up": 50, "closing": 50,
    }  # fmt: skip
    session = kind_of("dosing")
    assert (session.before, session.after, session.needs_room, session.needs_consent, session.needs_clearance) == (
        15, 30, True, True, True,
    )  # fmt: skip
