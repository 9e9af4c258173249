"""Letters as the rooms really plan them: each can be written, says nothing clinical, and its links only show."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg2 import sql

from koru.desk.inviting import invite_by_letter
from koru.people.models import Person
from koru.reminders.check_in_notes import plan_check_ins
from koru.reminders.choices import set_check_in_time
from koru.reminders.models import Letter
from koru.reminders.planning import plan
from koru.reminders.rendering import Rendered, rendered
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.consultation import Talk, book_talk, kind_of_talk
from scheduling.models import Appointment
from scheduling.moving import move
from scheduling.offering_sooner import offer_freed_times
from scheduling.trusting import Named, ask_somebody, say_no
from scheduling.waiting import Waits, wait_for_sooner
from tests.scheduling.practice import NOON, Practice, at, make_practice

from .letters import planned
from .test_kinds import CLINICAL

URL = re.compile(r"https://koru\.example\.org(/[^\s<>\"]*)")
PREFETCH: tuple[dict[str, str], ...] = ({}, {"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"})


@pytest.fixture
def practice(db: None, clock: Callable[[str], Any]) -> Practice:
    """Everything that writes letters has just happened."""
    clock(NOON)
    practice = make_practice()
    with keyring():
        everything_happens(practice)
    return practice


def everything_happens(practice: Practice) -> None:
    client = practice.client
    kept = practice.book(at("2026-12-08 10:00"))
    move(kept, at("2026-12-09 10:00"), by=client)
    cancel(practice.book(at("2026-12-03 10:00"), "integration"), by=client, reason="other")
    practice.book(at("2026-12-04 10:00"), "integration")
    book_talk(kind_of_talk(), Talk(at("2026-11-26 10:00"), "phone", "Demo Ash", "ash@example.org", "Asia/Kathmandu"), key=uuid4())
    invite_by_letter("new@example.org", "Demo Fern", by=practice.staff, zone="America/Denver")
    set_check_in_time(client, datetime(2026, 1, 1, 18).time(), by=client)
    plan_check_ins()
    plan([planned("paused", client, context={"path": "/settings/"})])
    something_sooner(practice, kept)
    somebody_fetches(practice, practice.book(at("2026-12-14 10:00")))


def something_sooner(practice: Practice, kept: Appointment) -> None:
    kept.refresh_from_db()
    wait_for_sooner(Waits(kind=kept.kind, about=kept, therapist=practice.therapist), by=practice.client)
    assert offer_freed_times(timezone.now()) == 1


def somebody_fetches(practice: Practice, session: Appointment) -> None:
    """Asked, told of another time, and unable to come."""
    there = ask_somebody(session, Named("Demo Lark", "lark@example.org"), by=practice.client)
    Letter.objects.filter(about=there.pk).update(handed_at=timezone.now(), sent_at=timezone.now())
    move(session, at("2026-12-15 10:00"), by=practice.client)
    say_no(there.token)


def written(practice: Practice) -> dict[str, Rendered]:
    with keyring():
        letters = Letter.objects.select_related("to").order_by("pk")
        return {f"{one.kind} {one.pk}": rendered(one, practice.clinic, timezone.now()) for one in letters}


def test_every_letter_that_a_deed_plans_can_be_written_and_says_nothing_clinical(practice: Practice) -> None:
    letters = written(practice)
    assert {name.split()[0] for name in letters} >= {
        "appointment-booked", "appointment-changed", "session-week", "session-tomorrow", "session-today", "meeting-tomorrow",
        "first-morning", "consultation-booked", "consultation-soon", "consultation-after", "invitation-again", "new-request",
        "check-in", "paused", "waitlist-open", "pick-up-asked", "pick-up-changed", "pick-up-cannot",
    }  # fmt: skip
    for name, letter in letters.items():
        for part in (letter.subject, URL.sub("", letter.text)):
            assert not CLINICAL.search(part), f"{name}: {part}"


def test_no_letter_keeps_a_token_in_the_clear(practice: Practice) -> None:
    tokens = [letter.token for letter in Letter.objects.all() if letter.token]
    assert len(set(tokens)) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(letter)::text, '') FROM reminders_letter letter")
        kept = str(cursor.fetchone())
    assert not [token for token in tokens if token in kept]


def rows() -> set[tuple[str, str]]:
    """Where every row of the database lies: an update moves it."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed})
    found: set[tuple[str, str]] = set()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("SELECT ctid::text FROM {}").format(sql.Identifier(table)))
            found |= {(table, row[0]) for row in cursor.fetchall()}
    return found


@pytest.mark.parametrize("headers", PREFETCH)
def test_opening_every_link_of_every_letter_changes_nothing(practice: Practice, headers: dict[str, str]) -> None:
    paths = {path.rstrip(".") for letter in written(practice).values() for path in URL.findall(letter.text + letter.html)}
    assert len(paths) > 10
    web = [Client(), signed_in(practice.client), signed_in(practice.staff)]
    before = rows()
    for path in sorted(paths):
        for one in web:
            for answer in (one.get(path, headers=headers), one.head(path, headers=headers)):
                assert answer.status_code in {200, 302, 404}, path
    assert rows() == before


def signed_in(person: Person) -> Client:
    web = Client()
    web.force_login(person)
    return web


def test_no_reminder_is_left_for_a_time_that_no_longer_holds(practice: Practice) -> None:
    assert Letter.objects.filter(withdrawn_why="moved").exists()
    assert Letter.objects.filter(withdrawn_why="cancelled").exists()
    ahead = Letter.objects.filter(withdrawn_at=None, due_at__gt=timezone.now()).exclude(kind="appointment-changed")
    told = {datetime.fromisoformat(start) for start in ahead.values_list("context__starts", flat=True) if start}
    assert not told & {at("2026-12-08 10:00"), at("2026-12-03 10:00")}
    assert told >= {at("2026-12-09 10:00"), at("2026-12-04 10:00")}


def test_no_two_letters_of_a_kind_go_out_about_one_thing_at_one_moment(practice: Practice) -> None:
    ahead = Letter.objects.filter(withdrawn_at=None).order_by("to", "address", "kind", "about", "due_at")
    for one, other in pairwise(ahead):
        same = (one.to_id, one.address, one.kind, one.about) == (other.to_id, other.address, other.kind, other.about)
        assert not same or other.due_at - one.due_at > timedelta(minutes=1)
