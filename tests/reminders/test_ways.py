"""Which ways somebody chose: kept, followed by what is on its way, and never a way to silence an appointment."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from koru.people.models import Person
from koru.reminders.choices import stopped_kinds
from koru.reminders.choosing_ways import choose_ways, kinds_with_ways, offered, ways_now
from koru.reminders.kinds import CHANNELS
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import plan
from koru.reminders.rerouting import reroute
from koru.sealing.keyring import keyring
from tests.people import make_client, make_clinic, make_staff, make_therapist

from .letters import due_letter, planned
from .test_ceilings import noon_in

pytestmark = pytest.mark.django_db
BOTH = ["mail", "inbox"]


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client()


def browser(person: Person) -> Client:
    web = Client()
    web.force_login(person)
    return web


def waiting(person: Person) -> dict[str, list[str]]:
    """By kind, the channels of what is on its way."""
    found: dict[str, list[str]] = {}
    for row in Letter.objects.filter(to=person, withdrawn_at=None, sent_at=None).order_by("channel"):
        found.setdefault(row.kind, []).append(row.channel)
    return found


def posted(person: Person, **changed: list[str]) -> dict[str, list[str]]:
    """What the page sends, with these rows ticked otherwise."""
    now = ways_now(person)
    rows = {name: [way for way in now[name] if way in ways] for name, ways in offered(person).items()}
    return rows | {name.replace("_", "-"): ways for name, ways in changed.items()}


def test_what_is_on_its_way_follows_the_choice_and_comes_back_with_it(client: Person) -> None:
    plan([planned("session-week", client, due_at=noon_in(2)), planned("meeting-tomorrow", client, due_at=noon_in(2))])
    for ways in (["inbox"], BOTH, ["mail"], BOTH):
        choose_ways(client, {"session-week": ways}, by=client)
        assert waiting(client) == {"session-week": sorted(ways), "meeting-tomorrow": ["mail"]}
    assert Letter.objects.filter(kind="session-week").count() == 2


def test_a_letter_by_a_new_way_has_its_own_sealed_token(client: Person) -> None:
    with keyring():
        plan([planned("session-week", client, due_at=noon_in(2), token="open-sesame")])
        choose_ways(client, {"session-week": BOTH}, by=client)
        assert {row.token for row in Letter.objects.all()} == {"open-sesame"}


def test_what_was_told_is_not_told_again_by_another_way(client: Person) -> None:
    now = timezone.now()
    due_letter(client, "session-week", handed_at=now, sent_at=now)
    choose_ways(client, {"session-week": BOTH}, by=client)
    assert waiting(client) == {}


def test_what_was_cancelled_or_is_in_doubt_stays_as_it_is(client: Person) -> None:
    due_letter(client, "session-week", withdrawn_at=timezone.now(), withdrawn_why="cancelled")
    doubtful = due_letter(client, "meeting-tomorrow", handed_at=timezone.now(), attempts=1)
    reroute(client.pk)
    choose_ways(client, {"meeting-tomorrow": ["inbox"]}, by=client)
    doubtful.refresh_from_db()
    assert doubtful.withdrawn_at is None
    assert Letter.objects.filter(kind="session-week").count() == 1


def test_no_way_at_all_stops_a_kind_and_a_way_brings_it_back(client: Person) -> None:
    browser(client).post("/settings/notes/", posted(client, check_in=[]))
    assert stopped_kinds(client) == {"check-in"}
    assert ways_now(client)["check-in"] == ()
    browser(client).post("/settings/notes/", posted(client, check_in=["inbox"]))
    assert not stopped_kinds(client)
    assert ways_now(client)["check-in"] == ("inbox",)


def test_turning_off_everything_leaves_news_of_appointments(client: Person) -> None:
    browser(client).post("/settings/notes/", {})
    plan([planned("appointment-changed", client), planned("appointment-booked", client)])
    assert waiting(client) == {"appointment-booked": ["mail"], "appointment-changed": ["mail"]}
    assert ways_now(client)["appointment-changed"] == ("mail",)


def test_saving_what_stands_there_chooses_nothing(client: Person) -> None:
    browser(client).post("/settings/notes/", posted(client))
    assert not Preferences.objects.exists()


def test_a_way_that_does_not_lead_to_them_is_refused_in_words(client: Person) -> None:
    answer = browser(client).post("/settings/notes/", posted(client, check_in=["pigeon"]))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Preferences.objects.exists()


def test_each_role_chooses_about_its_own_kinds() -> None:
    make_clinic()
    assert [one.name for one in kinds_with_ways(make_therapist())] == ["appointment-changed", "sooner-asked"]
    assert [one.name for one in kinds_with_ways(make_staff())] == ["new-request", "driver-missing"]


def test_one_persons_choice_moves_nobody_elses_letters(client: Person) -> None:
    other = make_client()
    plan([planned("session-week", other, due_at=noon_in(2))])
    choose_ways(client, {"session-week": ["inbox"]}, by=client)
    assert waiting(other) == {"session-week": ["mail"]}


class AnyOrderOfChoices(TestCase):
    @given(st.lists(st.lists(st.sampled_from(["mail", "inbox"]), min_size=1, unique=True), min_size=1, max_size=6))
    def test_after_any_choices_the_last_one_holds_with_one_letter_a_way(self, choices: list[list[str]]) -> None:
        make_clinic()
        client = make_client(zone="UTC")
        Preferences.objects.create(person=client, quiet_from=time(12), quiet_until=time(12))
        plan([planned("session-week", client, about=uuid4(), due_at=timezone.now() + timedelta(days=1))])
        for ways in choices:
            choose_ways(client, {"session-week": ways}, by=client)
        assert waiting(client) == {"session-week": sorted(choices[-1])}
        assert all(row.channel in CHANNELS for row in Letter.objects.all())
