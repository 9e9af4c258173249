"""Anchors: whatever somebody with all rights does to the access log, or to its anchors, is found."""

import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from koru.people.models import Person
from koru.privacy.anchoring import Newest, anchor_heads, newest_anchor
from koru.privacy.models import Anchor, AnchoredHead
from koru.privacy.trace import Look, write_trace
from tests.crowd import together
from tests.people import make_client, make_therapist

TABLES = ("privacy_accessrow", "privacy_anchor", "privacy_anchoredhead")


def look_at(client: Person, actor: Person, times: int = 1) -> None:
    for number in range(times):
        write_trace([Look(client.pk, actor.pk, "therapist", "entry", str(number), "timeline")])


def with_all_rights(*deeds: str) -> None:
    """As whoever owns the tables and has turned their triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for deed in deeds:
            cursor.execute(deed)


def complained(**options: object) -> str:
    with pytest.raises(CommandError) as found:
        call_command("verify_audit", verbosity=0, **options)
    return str(found.value)


@pytest.mark.django_db
def test_an_anchor_names_the_newest_row_of_what_has_grown_and_says_so_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client, other, actor = make_client(), make_client(), make_therapist()
    assert anchor_heads() == Newest(0, "")
    look_at(client, actor, 3)
    look_at(other, actor, 1)
    with caplog.at_level(logging.INFO, "koru.privacy.anchoring"):
        first = anchor_heads()
    look_at(client, actor, 2)
    second = anchor_heads()
    assert caplog.records[-1].__dict__["koru"] == {"anchor": 1, "digest": first.digest}
    assert set(AnchoredHead.objects.values_list("anchor", "client_id", "seq")) == {
        (1, client.pk, 3),
        (1, other.pk, 1),
        (2, client.pk, 5),
    }
    assert anchor_heads() == second == newest_anchor()
    assert len({first.digest, second.digest}) == 2
    call_command("verify_audit", verbosity=0, digest=[first.digest, second.digest])


@pytest.mark.django_db
def test_a_tail_cut_off_together_with_its_head_is_found() -> None:
    client, actor = make_client(), make_therapist()
    look_at(client, actor, 4)
    anchor_heads()
    with_all_rights(
        "DELETE FROM privacy_accessrow WHERE seq > 2",
        "UPDATE privacy_accesshead head SET seq = 2, hash = (SELECT hash FROM privacy_accessrow r WHERE r.seq = 2)",
    )
    assert complained() == f"The chain of {client.pk} is broken at row 4."


@pytest.mark.django_db
def test_anchors_that_were_taken_away_with_what_they_named_are_found_by_a_digest_kept_elsewhere() -> None:
    client, actor = make_client(), make_therapist()
    look_at(client, actor, 2)
    anchor_heads()
    look_at(client, actor, 2)
    kept = anchor_heads().digest
    with_all_rights(
        "DELETE FROM privacy_anchoredhead WHERE anchor_id = 2",
        "DELETE FROM privacy_anchor WHERE number = 2",
        "DELETE FROM privacy_accessrow WHERE seq > 2",
        "UPDATE privacy_accesshead head SET seq = 2, hash = (SELECT hash FROM privacy_accessrow r WHERE r.seq = 2)",
    )
    call_command("verify_audit", verbosity=0)
    assert complained(digest=[kept]) == f"No anchor has the digest {kept}: one was taken away."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "number"),
    [
        ("UPDATE privacy_anchor SET at = at - interval '1 hour' WHERE number = 1", 1),
        ("UPDATE privacy_anchoredhead SET seq = 1, hash = (SELECT hash FROM privacy_accessrow WHERE seq = 1) WHERE seq = 2", 1),
        ("DELETE FROM privacy_anchoredhead WHERE anchor_id = 2", 2),
    ],
)
def test_a_changed_anchor_is_found(deed: str, number: int) -> None:
    client, actor = make_client(), make_therapist()
    for _ in range(3):
        look_at(client, actor, 2)
        anchor_heads()
    with_all_rights(deed)
    assert f"Anchor {number} is not what it was." in complained()


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("privacy_anchor", "heads"), ("privacy_anchoredhead", "seq")])
def test_nobody_changes_an_anchor(deed: str, table: str, column: str) -> None:
    look_at(make_client(), make_therapist())
    anchor_heads()
    with pytest.raises(ProgrammingError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table, column, column))


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_make_one_anchor() -> None:
    look_at(make_client(), make_therapist())
    assert together([anchor_heads, anchor_heads, anchor_heads])[0] == newest_anchor()
    assert Anchor.objects.count() == 1


HARM = {
    "altered": ["UPDATE privacy_accessrow SET why = why || '.' WHERE seq = :seq"],
    "taken out": ["DELETE FROM privacy_accessrow WHERE seq = :seq"],
    "changed places": [
        "UPDATE privacy_accessrow SET seq = 1000 WHERE seq = :seq",
        "UPDATE privacy_accessrow SET seq = :seq WHERE seq = :seq % 6 + 1",
        "UPDATE privacy_accessrow SET seq = :seq % 6 + 1 WHERE seq = 1000",
    ],
    "cut, and closed up": [
        "DELETE FROM privacy_accessrow WHERE seq >= :seq",
        """UPDATE privacy_accesshead SET seq = :seq - 1,
           hash = coalesce((SELECT hash FROM privacy_accessrow WHERE seq = :seq - 1), ''::bytea)""",
    ],
}


class Harmed(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(harm=st.sampled_from(sorted(HARM)), seq=st.integers(1, 6), anchored_after=st.integers(1, 6))
    def test_whatever_is_done_to_a_chain_is_found(self, harm: str, seq: int, anchored_after: int) -> None:
        """A row that was there when an anchor was made: later ones are the next anchor's."""
        client, actor = make_client(), make_therapist()
        look_at(client, actor, anchored_after)
        anchor_heads()
        look_at(client, actor, 6 - anchored_after)
        with_all_rights(*(deed.replace(":seq", str(seq)) for deed in HARM[harm]))
        unseen = harm == "cut, and closed up" and seq > anchored_after
        if unseen:
            call_command("verify_audit", verbosity=0)
        else:
            assert str(client.pk) in complained()
