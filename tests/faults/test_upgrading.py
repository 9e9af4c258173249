"""A clinic of an earlier release, with people and words in it, brought up to this one: all is there and opens.

The state is that of the release before: each room's last migration then. What was written is written by that release's
models, and read by these.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from journaling.models import Entry
from koru.people.models import Person
from koru.privacy.anchoring import anchor_heads
from koru.privacy.backups.drilling import beside
from koru.privacy.models import AccessRow
from koru.privacy.trace import Look, write_trace
from koru.sealing.opening import one_of_each
from moodtracking.models import CheckIn
from tests.databases import connected_to
from tests.days import this_day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

EARLIER = [
    ("people", "0008_a_good_goodbye"),
    ("privacy", "0003_parked_forms"),
    ("sealing", "0001_initial"),
    ("reminders", "0011_texts"),
    ("safety", "0009_quiet_hellos"),
    ("practices", "0002_outside_apps_that_a_clinic_lists"),
    ("care", "0003_a_line_added_to_the_brief"),
    ("scheduling", "0029_a_note_for_the_word"),
    ("journaling", "0007_what_a_client_works_towards"),
    ("attachments", "0002_the_step_it_answers"),
    ("moodtracking", "0005_held_back"),
    ("measures", "0003_brought_along"),
    ("connection", "0002_what_stays"),
]
WORDS = "What was written before."


@pytest.fixture
def another() -> Iterator[None]:
    """An empty database in the place of the test's own."""
    with beside() as name, connected_to(name):
        yield


def at_the_earlier_release() -> Any:
    """Its models, over its tables."""
    executor = MigrationExecutor(connection)
    executor.migrate(EARLIER)
    return executor.loader.project_state(EARLIER).apps


def written_by(rooms: Any, number: int, at: datetime) -> UUID:
    """A client with an entry and a check-in, as that release kept them."""
    made = rooms.get_model("people", "Person")(email=f"c{number}@example.org", display_name=f"Demo Rowan {number}", role="client")
    made.phone = WORDS
    made.save()
    common = {"client": made, "at": at, "zone": "UTC", "local_date": this_day()}
    rooms.get_model("journaling", "Entry").objects.create(**common, text=WORDS, title=f"Of {number}", key=uuid4())
    answers = {"mood": 1, "sleep_hours": 7.5}
    day = {**common, "answers": answers, "item_set_version": "daily.v1", "recorded_at": at, "key": uuid4(), "note": WORDS}
    rooms.get_model("moodtracking", "CheckIn").objects.create(**day)
    return UUID(str(made.pk))


@pytest.mark.usefixtures("another")
def test_what_was_there_before_is_there_after_and_opens() -> None:
    rooms, at = at_the_earlier_release(), timezone.now()
    clients = [written_by(rooms, number, at) for number in range(3)]
    write_trace(Look(client, clients[0], "therapist", "entry", "", "timeline") for client in clients)
    call_command("migrate", verbosity=0, interactive=False)
    people = Person.objects.in_bulk(clients)
    assert [people[client].phone for client in clients] == [WORDS] * 3
    assert {(one.client_id, one.text, one.title) for one in Entry.objects.all()} == {
        (client, WORDS, f"Of {number}") for number, client in enumerate(clients)
    }
    assert [one.note for one in CheckIn.objects.all()] == [WORDS] * 3
    assert AccessRow.objects.count() == 3
    assert anchor_heads().number == 1
    call_command("verify_audit", verbosity=0)
    found = one_of_each()
    assert (found.opened, found.shut) == (3, [])
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
