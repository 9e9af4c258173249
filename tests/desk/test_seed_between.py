"""What stands between invented clients and their therapists: there, the same for the same seed, and kept by the rooms' rules."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from journaling.goals import Goal, Whereabouts
from koru.desk.seeding.bulk import load
from koru.sealing.keyring import keyring
from moodtracking.connection.models import ConnectionCheckIn, Guess
from scheduling.models import AgreedChange, AgreedLine
from tests.care.world import signed_in

UNTIL = datetime(2026, 11, 24, 15, tzinfo=UTC)
ROOMS = (ConnectionCheckIn, Guess, AgreedLine, AgreedChange, Goal, Whereabouts)
pytestmark = pytest.mark.django_db


def told() -> list[object]:
    return [
        *Goal.objects.order_by("id").values_list("id", "share", "place", "made_at"),
        *(row.words for row in AgreedLine.objects.order_by("id")),
        *(row.given for row in ConnectionCheckIn.objects.order_by("id")),
        *(row.given for row in Guess.objects.order_by("check_in")),
    ]


def test_each_room_has_some_and_the_same_for_the_same_seed() -> None:
    runs = []
    for _ in range(2):
        with transaction.atomic(), keyring():
            load(12, 1, 7, UNTIL)
            runs.append(told())
            assert all(room.objects.exists() for room in ROOMS)
            transaction.set_rollback(True)
    assert runs[0] == runs[1]


def test_nothing_of_it_is_ahead_and_a_brief_shows_what_is_shared() -> None:
    load(12, 1, 7, UNTIL)
    for room, at in (
        (ConnectionCheckIn, "at"),
        (Guess, "at"),
        (AgreedLine, "made_at"),
        (AgreedChange, "at"),
        (Whereabouts, "at"),
    ):
        assert not room.objects.filter(**{f"{at}__gt": UNTIL}).exists()
    goal = Goal.objects.filter(share="my_therapist", client__alliances__until=None).select_related("client").first()
    assert goal is not None
    therapist = goal.client.alliances.get().therapist
    page = signed_in(therapist).get(f"/care/{goal.client_id}/brief/").content.decode()
    with keyring():
        assert goal.words in page
