"""The trusted person when a session is called off, or both answers come at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from koru.desk.open_tasks import open_tasks
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.models import Appointment, TrustedPerson
from scheduling.session_day import came_after_all, miss
from scheduling.trusting import Named, ask_somebody, say_no, say_yes
from tests.crowd import together

from .practice import NEW_YORK, NOON, Practice, at, make_practice

Clock = Callable[[str], time_machine.Traveller]
LARK = Named("Demo Lark", "lark@example.org", "+1 212 555 0101")


@pytest.fixture
def session(practice: Practice) -> Appointment:
    """A dosing session on Tuesday 1 December, ten to half past twelve; it is a week before."""
    cache.clear()
    return practice.book(at("2026-12-01 10:00"))


@pytest.fixture
def link(practice: Practice, session: Appointment) -> str:
    with keyring():
        return str(ask_somebody(session, LARK, by=practice.client).token)


def page(link: str, client: Client | None = None) -> str:
    return (client or Client()).get(f"/pick-up/{link}/").content.decode()


def words_of(body: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", body.split("<main")[1].split("</main>", maxsplit=1)[0])


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(UNSENT, kind=kind).select_related("to"))


def desk_words() -> list[str]:
    return [task.words for sort in open_tasks(timezone.now(), NEW_YORK) if "way home" in sort.title for task in sort.some]


def test_cancelled_it_says_so_kindly_and_nothing_more(practice: Practice, session: Appointment, link: str) -> None:
    Letter.objects.filter(kind="pick-up-asked").update(handed_at=timezone.now(), sent_at=timezone.now())
    with keyring():
        cancel(session, by=practice.client, reason="plans")
    said = words_of(page(link))
    assert "You don’t need to come" in said
    for words in ("December", practice.room.name, practice.client.display_name):
        assert words not in said
    Client().post(f"/pick-up/{link}/yes/")
    assert TrustedPerson.objects.get().yes_to is None
    (letter,) = letters("pick-up-changed")
    with keyring():
        assert "called off" in rendered(letter, practice.clinic, timezone.now()).text


def test_not_taken_place_they_are_told_unless_it_did_after_all(
    practice: Practice, session: Appointment, link: str, clock: Clock
) -> None:
    Letter.objects.filter(kind="pick-up-asked").update(handed_at=timezone.now(), sent_at=timezone.now())
    clock("2026-12-01T15:30:00Z")
    with keyring():
        miss(session, by=practice.staff)
        assert len(letters("pick-up-changed")) == 1
        came_after_all(session, by=practice.staff)
    assert letters("pick-up-changed") == []


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_leave_one_of_them(clock: Clock) -> None:
    clock(NOON)
    practice = make_practice()
    session = practice.book(at("2026-12-01 10:00"))
    with keyring():
        token = ask_somebody(session, LARK, by=practice.client).token
    together([partial(say, token) for say in [say_yes, say_no] * 8])
    there = TrustedPerson.objects.get()
    assert (there.yes_to is None) != (there.no_at is None)
    assert (Appointment.objects.get().way_home_at is None) == (there.no_at is not None)
    assert timezone.now() - timedelta(minutes=1) < there.asked_at
