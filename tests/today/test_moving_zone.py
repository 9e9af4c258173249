"""A client who says that they are in another zone is reminded by its clock."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from tests.scheduling.practice import NOON, at, make_practice


@pytest.mark.django_db
def test_reminders_follow_the_client_to_another_zone(client: Client, clock: Callable[[str], time_machine.Traveller]) -> None:
    clock(NOON)
    practice = make_practice()
    practice.book(at("2026-12-16 12:00"))
    client.force_login(practice.client)
    told = {"display_name": "Demo Rowan", "zone": "America/Denver", "region": "US", "phone": "", "neutral_phrase": ""}
    assert client.post("/settings/about/", told).status_code == 302
    week = Letter.objects.get(UNSENT, kind="session-week")
    assert (week.zone, week.due_at) == ("America/Denver", at("2026-12-09 12:00"))
    assert Letter.objects.get(UNSENT, kind="session-tomorrow").due_at == at("2026-12-15 12:00")
