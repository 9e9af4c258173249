"""A letter a channel: planned for each way its reader chose, claimed by itself, held up by no other."""

import smtplib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.people.models import Person
from koru.reminders.claiming import claim
from koru.reminders.kinds import CHANNELS, kind, load
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import plan, withdraw
from koru.reminders.sending import send_due
from koru.reminders.ways import ways
from tests.people import make_client, make_clinic

from .letters import due_letter, planned, state
from .test_ceilings import noon_in

ANY_KIND = st.sampled_from(sorted(load()))
SOME_CHANNELS = st.lists(st.sampled_from(CHANNELS), unique=True)
CHOSEN = st.dictionaries(ANY_KIND, SOME_CHANNELS)


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client(email="rowan@example.org")


def chose(person: Person, **kinds: list[str]) -> None:
    chosen = {name.replace("_", "-"): channels for name, channels in kinds.items()}
    Preferences.objects.update_or_create(person=person, defaults={"ways": chosen})


def due(person: Person, kind: str = "appointment-booked", **fields: Any) -> Letter:
    """Due however long ago the test began: the database's now() stands still in its transaction."""
    fields.setdefault("due_at", timezone.now() - timedelta(minutes=5))
    return due_letter(person, kind, **fields)


def by_channel() -> dict[str, Any]:
    return {one.channel: state(one) for one in Letter.objects.all()}


@given(name=ANY_KIND, chosen=CHOSEN, reach=SOME_CHANNELS)
def test_a_letter_always_has_a_way_and_takes_none_that_leads_nowhere(
    name: str, chosen: Mapping[str, list[str]], reach: list[str]
) -> None:
    about, found = kind(name), ways(kind(name), chosen, {*reach, "mail"})
    assert found
    assert set(found) <= set(about.channels)
    assert set(found) <= {*reach, "mail"}
    assert "mail" in found or about.opt_out
    assert list(found) == [one for one in CHANNELS if one in found]


@given(chosen=SOME_CHANNELS)
def test_without_devices_and_numbers_what_is_usual_goes_by_mail_alone(chosen: list[str]) -> None:
    others = {"check-in": chosen}
    for one in load().values():
        if one.name != "check-in":
            assert ways(one, others, {"mail", "inbox"}) == ("mail",)


def test_what_is_usual_takes_the_first_way_that_reaches_somebody() -> None:
    everything = set(CHANNELS)
    assert ways(kind("check-in"), {}, everything) == ("push",)
    assert ways(kind("session-tomorrow"), {}, everything) == ("mail", "text")
    assert ways(kind("session-today"), {}, everything - {"push"}) == ("text",)
    assert ways(kind("session-today"), {}, {"mail"}) == ("mail",)


def test_a_chosen_way_that_leads_nowhere_any_more_becomes_mail() -> None:
    assert ways(kind("check-in"), {"check-in": ["push"]}, {"mail", "inbox"}) == ("mail",)


@pytest.mark.django_db
def test_a_letter_is_planned_for_each_chosen_channel_and_once(client: Person) -> None:
    chose(client, session_week=["mail", "inbox"])
    one = planned("session-week", client, due_at=noon_in(2))
    plan([one])
    plan([one])
    assert by_channel() == {"mail": "waits", "inbox": "waits"}
    assert {row.dedupe_key for row in Letter.objects.all()} == {f"{one.stem}:mail", f"{one.stem}:inbox"}
    assert {row.stem for row in Letter.objects.all()} == {one.stem}


@pytest.mark.django_db
def test_what_it_is_about_takes_back_the_letters_of_all_channels(client: Person) -> None:
    chose(client, session_week=["mail", "inbox"])
    about = uuid4()
    plan([planned("session-week", client, about=about, due_at=noon_in(2))])
    assert withdraw(about, "cancelled") == 2
    assert by_channel() == {"mail": "cancelled", "inbox": "cancelled"}


@pytest.mark.django_db
def test_a_note_by_two_channels_counts_once_towards_the_ceiling(client: Person) -> None:
    chose(client, check_in=["mail", "inbox"])
    plan([planned("check-in", client, due_at=noon_in(2))])
    assert by_channel() == {"mail": "waits", "inbox": "waits"}
    plan([planned("first-morning", client, due_at=noon_in(2))])
    assert [row.withdrawn_why for row in Letter.objects.filter(kind="check-in")] == ["ceiling", "ceiling"]


@pytest.mark.django_db
def test_a_worker_claims_letters_of_one_channel(client: Person) -> None:
    by_mail, kept_here = due(client), due(client, channel="inbox")
    assert claim(uuid4(), "inbox") == [kept_here.pk]
    assert claim(uuid4()) == [by_mail.pk]


@pytest.mark.django_db
def test_the_inbox_gets_its_letter_without_a_mail(client: Person) -> None:
    letter = due(client, channel="inbox")
    assert send_due() == 1
    assert state(letter) == "sent"
    assert not mail.outbox


@pytest.mark.django_db
def test_a_letter_that_can_not_be_written_does_not_stand_in_the_inbox(client: Person) -> None:
    letter = due(client, "session-tomorrow", channel="inbox", context={"path": "//elsewhere.example.org/"})
    Letter.objects.update(due_at=timezone.now(), zone="UTC")
    Preferences.objects.update_or_create(person=client, defaults={"quiet_from": "12:00", "quiet_until": "12:00"})
    assert send_due() == 0
    assert state(letter) == "failed: can't be written"


@pytest.mark.django_db
def test_a_mail_server_that_is_silent_holds_up_no_other_channel(client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def silence(self: EmailBackend, messages: list[object]) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", silence)
    letters = [due(client) for _ in range(2)]
    here = due(client, channel="inbox")
    assert send_due() == 1
    assert [state(one) for one in letters] == ["waits", "waits"]
    assert state(here) == "sent"
