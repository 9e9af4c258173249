"""Every kind of letter, once care was finished by a goodbye: none asks anything, until somebody works with them again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journaling.reminders import plan_prompts
from koru.care.finishing import end_it
from koru.desk.recording import begin_alliance as begin_at_the_desk
from koru.people.consents import begin_alliance
from koru.people.inviting import accept, invite
from koru.people.models import Alliance, Ending, EndingStep, Person
from koru.people.stages import stage_of
from koru.privacy.door import open_record
from koru.reminders.check_in_notes import plan_check_ins
from koru.reminders.choices import set_check_in_time
from koru.reminders.kinds import Wording, load
from koru.reminders.looking import look
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import UNSENT
from koru.reminders.sending import send_due
from koru.safety.quiet_hellos import QuietChoice
from koru.safety.saying_hello import may_be_greeted
from koru.sealing.keyring import keyring
from moodtracking.measures.models import Offering
from moodtracking.measures.reminders import replan_all
from moodtracking.seeing_less import Along, agree
from scheduling.models import SoonerWish
from tests.care.world import make_pair
from tests.journaling.sittings import make_dosing
from tests.people import ally, make_client, make_staff, make_therapist
from tests.people.goodbyes import opened, said
from tests.people.spacings import proposed

from .letters import due_letter as due_row
from .letters import state

Pair = tuple[Person, Person]
pytestmark = pytest.mark.django_db
OURS = sorted(name for name, one in load().items() if "client" in one.audience)
ASK = {
    "appointment-missed", "check-in", "connection", "first-morning", "measure-due", "prompt-ready", "quiet-hello", "routine",
    "waitlist-open", "week-word",
}  # fmt: skip
TELL = {
    "appointment-booked", "appointment-changed", "copy-ready", "course-booked", "erasing-asked", "erasing-soon",
    "letter-to-self", "meeting-tomorrow", "note-waits", "opened-in-emergency", "paused", "pick-up-cannot", "security",
    "session-today", "session-tomorrow", "session-two-days", "session-week", "somebody-covers",
}  # fmt: skip
NUDGE = re.compile(
    r"book (again|your next|another|a (time|session|visit))|time to (book|come)|miss(ed)? you|been a while|due for", re.IGNORECASE
)


@pytest.fixture
def pair(db: None) -> Pair:
    client, therapist = make_pair()
    Preferences.objects.create(person=client, quiet_from=time(12), quiet_until=time(12))
    return client, therapist


def due_letter(to: Person, kind: str, **fields: Any) -> Letter:
    """Due for a while: the database's clock stands at the test's beginning."""
    return due_row(to, kind, due_at=timezone.now() - timedelta(minutes=30), **fields)


def finished(pair: Pair) -> Person:
    client, therapist = pair
    said(opened(client, therapist))
    with keyring(), open_record(client, by=therapist, why="goodbye", to_change=True) as record:
        end_it(Ending.objects.open().get(client=client), record=record, by=therapist)
    return client


def test_each_kind_that_a_client_gets_either_asks_or_tells() -> None:
    assert not ASK & TELL
    assert set(OURS) == ASK | TELL


@pytest.mark.parametrize("name", OURS)
def test_somebody_who_has_finished_gets_none_that_asks_anything(pair: Pair, name: str) -> None:
    before = due_letter(pair[0], name)
    client = finished(pair)
    after = due_letter(client, name)
    send_due()
    assert state(after) == ("paused" if name in ASK else "sent")
    assert state(before) == ("finished" if name in ASK else "sent")


@pytest.mark.parametrize("name", sorted(ASK))
def test_while_another_works_with_them_all_goes_on(pair: Pair, name: str) -> None:
    client, _ = pair
    ally(client, make_therapist())
    letter = due_letter(finished(pair), name)
    send_due()
    assert state(letter) == "sent"


def _by_the_desk(client: Person, therapist: Person) -> None:
    begin_at_the_desk(client, therapist, by=make_staff())


def _by_the_deed(client: Person, therapist: Person) -> None:
    begin_alliance(client, therapist, by=make_staff())


def _by_an_invitation(client: Person, therapist: Person) -> None:
    with keyring():
        link = invite(f"{uuid4()}@example.org", "Demo Fern", by=make_staff(), zone=client.zone, therapist=therapist)
        accept(link, client)


@pytest.mark.parametrize("way_back", [_by_the_desk, _by_the_deed, _by_an_invitation, ally])
def test_each_way_back_lets_them_be_asked_again(pair: Pair, way_back: Callable[[Person, Person], object]) -> None:
    client = finished(pair)
    QuietChoice.objects.create(client=client, says_hello=True, chosen_at=timezone.now())
    assert not may_be_greeted(timezone.now()).exists()
    way_back(client, make_therapist())
    letter = due_letter(client, "check-in")
    send_due()
    assert state(letter) == "sent"
    assert may_be_greeted(timezone.now()).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ended=some.booleans(),
    alliances=some.lists(some.tuples(some.integers(-3, 3), some.one_of(some.none(), some.integers(-2, 4))), max_size=3),
)
def test_the_last_look_agrees_with_who_is_finished(pair: Pair, ended: bool, alliances: list[tuple[int, int | None]]) -> None:
    now = timezone.now()
    client, therapist = make_client(), pair[1]
    made = Alliance.objects.create(
        client=client, therapist=therapist, made_by=therapist, since=now - timedelta(days=9), until=now - timedelta(days=5)
    )
    ending = Ending.objects.create(alliance=made, client=client, opened_by=therapist)
    for name in ("last-session", "letter", "letter-to-self", "export", "maintenance", "door"):
        EndingStep.objects.create(ending=ending, name=name, outcome="declined", by=therapist)
    if ended:
        Ending.objects.filter(pk=ending.pk).update(ended_at=now - timedelta(days=5))
    for since, lasts in alliances:
        begins = now + timedelta(days=since, minutes=5)
        until = None if lasts is None else begins + timedelta(days=max(lasts, 1))
        Alliance.objects.create(client=client, therapist=make_therapist(), made_by=therapist, since=begins, until=until)
    worker = uuid4()
    letter = due_letter(client, "check-in", claimed_by=worker, lease_until=now + timedelta(hours=1))
    standing = look(letter, worker)
    assert standing
    assert standing.finished is Ending.objects.finished().filter(client=client).exists()


def test_who_has_finished_waits_for_no_earlier_time(pair: Pair) -> None:
    wish = SoonerWish.objects.create(client=pair[0], kind_id="integration", place="video")
    finished(pair)
    wish.refresh_from_db()
    assert wish.ended_at


@pytest.mark.parametrize("name", sorted(load()))
def test_no_letter_ever_nudges_to_book_again(name: str) -> None:
    kind = load()[name]
    wordings: list[Wording] = [kind.wording, *kind.variants.values()]
    for line in (line for words in wordings for line in (words.subject, *words.body, words.text)):
        assert not NUDGE.search(line), line


@pytest.mark.parametrize("line", ["Book again", "Time to come back", "We miss you", "It has been a while", "Due for a visit"])
def test_a_nudge_is_noticed(line: str) -> None:
    assert NUDGE.search(line)


def test_in_maintenance_a_season_brings_one_note_a_week_and_one_form_a_month(db: None) -> None:
    with time_machine.travel(datetime(2026, 9, 1, 17, 5, tzinfo=UTC), tick=False) as clock:
        client, therapist = make_pair()
        Offering.objects.create(slug="who-5", is_on=True, licence_confirmed="Asked", confirmed_by=therapist)
        met = timezone.now() - timedelta(days=3)
        make_dosing(client, therapist, met, met + timedelta(minutes=150))
        set_check_in_time(client, time(12), by=client)
        agree(proposed(client, therapist, 8, monthly=True).pk, Along(monthly=True, weekly=True), waits=None, by=client)
        stands = stage_of(client)
        assert stands
        for _ in range(84):
            plan_check_ins()
            plan_prompts(timezone.now())
            replan_all()
            due = Letter.objects.filter(UNSENT, to=client, due_at__lte=timezone.now())
            due.update(handed_at=F("due_at"), sent_at=F("due_at"))
            Preferences.objects.filter(person=client).update(check_in_answered_at=timezone.now())
            clock.shift(timedelta(days=1))
        sent = Letter.objects.filter(to=client, sent_at__isnull=False)
        days = sorted(set(sent.filter(kind="check-in").values_list("due_at__date", flat=True)))
        assert 10 <= len(days) <= 12
        assert min(later - sooner for sooner, later in pairwise(days)) >= timedelta(days=7)
        assert set(sent.values_list("kind", flat=True)) <= {"check-in", "measure-due"}
        assert sent.filter(kind="measure-due").values("due_at").distinct().count() <= 2 * 3
