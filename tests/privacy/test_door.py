"""The one door: who gets in, what they may read, and the trace it leaves."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from koru.people.consents import end_alliance
from koru.people.models import Person
from koru.privacy.door import NoSuchRecord, open_caseload, open_record
from koru.privacy.looks import looks_at
from koru.privacy.models import AccessRow
from koru.privacy.standing import Part
from koru.sealing.envelope import CannotOpen
from koru.sealing.keyring import key_for, keyring
from koru.sealing.models import DataKey
from tests.people import ally, make_admin, make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db


def acts(client: Person) -> list[str]:
    return [row.act for row in looks_at(client)]


def test_the_clients_therapist_gets_in_and_the_client_sees_it() -> None:
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    with open_record(client, by=therapist, why="brief") as record:
        record.looked_at("entry", client.pk)
    newest = looks_at(client)
    assert {row.act for row in newest} == {"brief", "entry"}
    assert {row.actor for row in newest} == {therapist}
    assert {row.role for row in newest} == {"therapist"}


def test_ones_own_reading_leaves_no_trace() -> None:
    client = make_client()
    with open_record(client, by=client, why="timeline") as record:
        assert {part for part in Part if not record.opens(part)} == {Part.NOTES, Part.HANDED_OVER}
    assert AccessRow.objects.count() == 0


def test_the_desk_reads_times_and_never_words() -> None:
    client, staff = make_client(), make_staff()
    with open_record(client, by=staff, why="desk") as record:
        assert record.opens(Part.APPOINTMENTS)
        assert record.opens(Part.CONTACT)
        assert not record.opens(Part.SHARED_ENTRIES)
        assert not record.opens(Part.CHECK_INS)
        assert not record.opens(Part.SHARED_NOTES)
    assert acts(client) == ["desk"]


def strangers(client: Person) -> dict[str, Person]:
    ended, begins_tomorrow, gone = make_therapist(), make_therapist(), make_therapist(is_active=False)
    end_alliance(ally(client, ended), by=ended)
    ally(client, begins_tomorrow, since=timezone.now() + timedelta(days=1))
    ally(client, gone)
    return {
        "another therapist": make_therapist(),
        "a therapist whose alliance ended": ended,
        "a therapist whose alliance has not begun": begins_tomorrow,
        "a therapist who left": gone,
        "another client": make_client(),
        "an admin": make_admin(),
    }


def test_nobody_else_gets_in_and_nothing_is_written() -> None:
    client = make_client()
    for who, person in strangers(client).items():
        with pytest.raises(NoSuchRecord), open_record(client, by=person, why="timeline"):
            pytest.fail(f"{who} got in")
    assert acts(client) == []


def test_a_missing_client_and_a_foreign_one_are_answered_alike() -> None:
    therapist = make_therapist()
    other = make_therapist()
    for nobody in (make_client().pk, other.pk, therapist.pk):
        with pytest.raises(NoSuchRecord), open_record(nobody, by=therapist, why="timeline"):
            pytest.fail("got in")


def test_a_deed_that_fails_inside_leaves_neither_change_nor_trace() -> None:
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    with pytest.raises(ZeroDivisionError), transaction.atomic(), open_record(client, by=therapist, why="timeline"):
        raise ZeroDivisionError
    assert acts(client) == []


def test_a_caseload_leaves_one_row_with_the_reader_and_none_with_clients() -> None:
    therapist = make_therapist()
    clients = [make_client() for _ in range(3)]
    for client in clients:
        ally(client, therapist)
    with open_caseload(by=therapist):
        pass
    assert AccessRow.objects.filter(client=therapist).count() == 1
    assert [acts(client) for client in clients] == [[], [], []]


def test_a_key_that_does_not_open_closes_words_and_not_the_record() -> None:
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    DataKey.objects.create(owner=client.pk, wrapped=b"x" * 60, kek_id="gone")
    with keyring(), open_record(client.pk, by=therapist, why="timeline") as record:
        assert record.client == client
        with pytest.raises(CannotOpen):
            key_for(client.pk)
