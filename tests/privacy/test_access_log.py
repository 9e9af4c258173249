"""The access log keeps itself: appended to, chained, never changed, whoever asks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction

from koru.people.models import Person
from koru.privacy.models import AccessHead, AccessRow
from koru.privacy.trace import Look, write_trace
from tests.people import make_client, make_therapist

PROTECTED = "ALTER TABLE privacy_accessrow ENABLE TRIGGER {}"


def look(client: Person, actor: Person, about: str = "") -> Look:
    return Look(client.pk, actor.pk, "therapist", "entry", about, "timeline")


@pytest.fixture
def guarded() -> None:
    """The triggers as the migration made them (tests that empty tables have them off)."""
    with connection.cursor() as cursor:
        for trigger in ("access_log_append_only", "access_log_no_truncate"):
            cursor.execute(PROTECTED.format(trigger))


@pytest.mark.django_db
@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE privacy_accessrow SET act = 'nothing'",
        "DELETE FROM privacy_accessrow",
        "TRUNCATE privacy_accessrow",
    ],
)
def test_rows_are_never_changed_or_taken_away(deed: str) -> None:
    write_trace([look(make_client(), make_therapist())])
    with pytest.raises(ProgrammingError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)
    assert AccessRow.objects.count() == 1


@pytest.mark.django_db
def test_a_forged_number_time_and_hash_are_overwritten() -> None:
    client, actor = make_client(), make_therapist()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO privacy_accessrow (client_id, actor_id, role, act, about, why, seq, at, prev, hash) "
            "VALUES (%s, %s, 'therapist', 'entry', '', 'brief', 99, '2001-01-01Z', 'forged', 'forged')",
            [str(client.pk), str(actor.pk)],
        )
    row = AccessRow.objects.get(client=client)
    assert row.seq == 1
    assert row.at.year > 2001
    assert b"forged" not in (bytes(row.prev), bytes(row.hash))


@pytest.mark.django_db
def test_each_row_carries_the_hash_of_the_one_before() -> None:
    client, actor = make_client(), make_therapist()
    for number in range(4):
        write_trace([look(client, actor, str(number))])
    rows = list(AccessRow.objects.filter(client=client).order_by("seq"))
    assert [bytes(row.prev) for row in rows] == [b"", *(bytes(row.hash) for row in rows[:-1])]
    assert bytes(AccessHead.objects.get(pk=client.pk).hash) == bytes(rows[-1].hash)
    call_command("verify_audit", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE privacy_accessrow SET why = 'brief' WHERE seq = 2",
        "DELETE FROM privacy_accessrow WHERE seq = 2",
        "DELETE FROM privacy_accessrow WHERE seq = 3",
        "UPDATE privacy_accessrow SET at = at - interval '1 day' WHERE seq = 1",
    ],
)
def test_verify_audit_finds_what_somebody_with_all_rights_did(harm: str) -> None:
    client, actor = make_client(), make_therapist()
    for number in range(3):
        write_trace([look(client, actor, str(number))])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_accessrow DISABLE TRIGGER USER")
        cursor.execute(harm)
    with pytest.raises(CommandError, match=str(client.pk)):
        call_command("verify_audit", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_keep_a_chain_without_gaps() -> None:
    clients, actor = [make_client(), make_client()], make_therapist()

    def write(number: int) -> None:
        with transaction.atomic():
            write_trace(look(client, actor, str(number)) for client in reversed(clients))
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    for client in clients:
        assert list(AccessRow.objects.filter(client=client).order_by("seq").values_list("seq", flat=True)) == list(range(1, 41))
    call_command("verify_audit", verbosity=0)
