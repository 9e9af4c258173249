"""The end of a measure says by when it is seen: by the day the two meet, in the client's own time, or no day at all."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine

from tests.care.world import appointment

from .world import Pair, assigned, filled, make_pair, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(clock: Callable[[str], time_machine.Traveller]) -> Pair:
    clock("2026-11-02T15:00:00Z")
    made = make_pair()
    assigned(made)
    return made


def end(pair: Pair) -> str:
    row = filled(pair[0], [1] * 9)
    return signed_in(pair[0]).get(f"/measures/kept/{row.pk}/").content.decode()


def test_with_nothing_booked_no_day_is_promised(pair: Pair) -> None:
    assert "Your therapist will see it before you meet." in end(pair)


@pytest.mark.parametrize(("zone", "day"), [("America/New_York", "4 November"), ("Asia/Kathmandu", "5 November")])
def test_the_day_of_the_next_meeting_is_the_clients(pair: Pair, zone: str, day: str) -> None:
    client, therapist = pair
    client.zone = zone
    client.save()
    appointment(client, therapist, datetime.fromisoformat("2026-11-20T15:00:00Z"))
    appointment(client, therapist, datetime.fromisoformat("2026-11-03T15:00:00Z"), state="cancelled")
    appointment(client, therapist, datetime.fromisoformat("2026-11-05T00:30:00Z"))
    assert f"before you meet on {day}." in end(pair).replace("Wednesday ", "").replace("Thursday ", "")
