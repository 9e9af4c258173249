"""What a client says of a meeting: once, as it was said, read by whom they choose for as long as they choose."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from koru.people.models import Alliance, Person
from koru.privacy.door import Record, open_record
from koru.privacy.standing import Standing
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.sealing.keyring import keyring
from moodtracking.connection.answering import AnsweredBefore, Told, answer, keep_words, share, take_back
from moodtracking.connection.guessing import NothingGuessed, guess, show_without
from moodtracking.connection.models import ConnectionCheckIn, Guess
from moodtracking.connection.reading import Seen, one_in, seen_in
from tests.crowd import together
from tests.people import ally, cleared, make_client, make_therapist
from tests.scheduling.practice import Practice, at, make_practice

from .world import ALL, CANARY, make_pair, met, said

Pair = tuple[Person, Person]


def seen_by(reader: Person, client: Person) -> list[Seen]:
    with open_record(client, by=reader, why="connection") as record:
        return seen_in(record)


@pytest.fixture(autouse=True)
def _keys() -> Any:
    with keyring():
        yield


def test_the_same_form_twice_is_once_and_another_form_finds_it_kept(pair: Pair) -> None:
    client, therapist = pair
    meeting, key = met(client, therapist), uuid4()
    first = answer(meeting, Told(ALL), key=key, by=client)
    assert answer(meeting, Told(ALL), key=key, by=client) == first
    with pytest.raises(AnsweredBefore):
        answer(meeting, Told({"heard": 0}), key=uuid4(), by=client)
    assert ConnectionCheckIn.objects.get().given == ALL


@pytest.mark.parametrize(("shares", "with_words"), [(False, False), (False, True), (True, False), (True, True)])
def test_a_therapist_finds_what_is_shared_and_nothing_else(pair: Pair, shares: bool, with_words: bool) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist), shares=shares, with_words=with_words)
    assert [one.answers for one in seen_by(client, client)] == [ALL]
    found = seen_by(therapist, client)
    assert len(found) == shares
    if not shares:
        return
    assert (found[0].answers, found[0].words, found[0].is_open) == ({}, "", False)
    with open_record(client, by=therapist, why="connection") as record:
        show_without(record, row.pk)
        opened = one_in(record, row.pk)
    assert opened
    assert (opened.answers, opened.words) == (ALL, CANARY if with_words else "")


def test_taken_back_it_is_gone_at_the_next_request_and_comes_back_as_it_was(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    with open_record(client, by=therapist, why="connection") as record:
        guess(record, row.pk, {"heard": 50})
    take_back(row.pk, by=client)
    assert seen_by(therapist, client) == []
    assert seen_by(client, client)[0].guess
    assert share(row.pk, by=client, with_words=False) is None
    (found,) = seen_by(therapist, client)
    assert (found.answers, found.words) == (ALL, "")
    share(row.pk, by=client, with_words=True)
    assert seen_by(therapist, client)[0].words == CANARY
    keep_words(row.pk, by=client)
    assert seen_by(therapist, client)[0].words == ""


def test_within_a_day_of_a_session_sharing_waits_and_can_be_let_go(pair: Pair) -> None:
    client, therapist = pair
    met(client, therapist, timezone.now() - timedelta(hours=3), "dosing")
    row = said(client, met(client, therapist))
    assert row.ask_at
    assert not row.is_shared
    assert seen_by(therapist, client) == []
    assert share(row.pk, by=client, with_words=True) == row.ask_at
    take_back(row.pk, by=client)
    row.refresh_from_db()
    assert [row.ask_at, row.shared_at, row.taken_back_at] == [None] * 3


@pytest.mark.parametrize("deed", [partial(share, with_words=True), take_back, keep_words])
def test_nobody_decides_about_anothers(pair: Pair, deed: Callable[..., Any]) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist), shares=False)
    for other in (make_client(), therapist):
        with pytest.raises(Http404):
            deed(row.pk, by=other)
    row.refresh_from_db()
    assert not row.is_shared


def test_answering_takes_the_note_about_it_back(db: None, clock: Callable[[str], Any]) -> None:
    clock("2026-11-24T17:00:00Z")
    practice: Practice = make_practice()
    made = practice.book(at("2026-12-09 10:00"), kind="integration")
    assert Letter.objects.filter(UNSENT, about=made.pk, kind="connection").exists()
    clock("2026-12-09T16:00:00Z")
    answer(made, Told(ALL), key=uuid4(), by=practice.client)
    assert not Letter.objects.filter(UNSENT, about=made.pk, kind="connection").exists()


@pytest.mark.parametrize("standing", [one for one in Standing if one not in (Standing.OWN, Standing.THERAPIST)])
def test_no_other_standing_reads_any_of_it(pair: Pair, standing: Standing) -> None:
    client, therapist = pair
    said(client, met(client, therapist))
    assert not ConnectionCheckIn.objects.readable_in(Record(client, therapist, standing, "any")).exists()


def test_another_therapist_of_the_same_client_reads_what_is_about_themselves(pair: Pair) -> None:
    client, therapist = pair
    other = ally(client, make_therapist()).therapist
    said(client, met(client, therapist))
    assert seen_by(other, client) == []
    assert len(seen_by(therapist, client)) == 1


@pytest.mark.parametrize("field", ["answers", "words", "therapist", "at"])
def test_the_database_keeps_what_was_said(pair: Pair, field: str) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    now: dict[str, Any] = {"answers": {"heard": 0}, "words": "other", "therapist": make_therapist(), "at": timezone.now()}
    setattr(row, field, now[field])
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        row.save(update_fields=[field])


def test_one_a_meeting_is_held_by_the_database(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    twin = ConnectionCheckIn(client=client, appointment=row.appointment, therapist=therapist, answers=ALL, key=uuid4())
    twin.at, twin.zone, twin.local_date = row.at, row.zone, row.local_date
    with pytest.raises(IntegrityError, match="appointment_id"), transaction.atomic():
        twin.save(force_insert=True)


def test_a_guess_stays_in_the_database_and_is_about_what_is_shared(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist), shares=False)
    fresh = Guess(check_in=row, client=client, therapist=therapist, answers={"heard": 50}, at=timezone.now())
    with pytest.raises(IntegrityError, match="by whom it was shared with"), transaction.atomic():
        fresh.save(force_insert=True)
    share(row.pk, by=client, with_words=False)
    other = Guess(check_in=row, client=client, therapist=make_therapist(), answers={"heard": 50}, at=timezone.now())
    with pytest.raises(IntegrityError, match="by whom it was shared with"), transaction.atomic():
        other.save(force_insert=True)
    fresh.save(force_insert=True)
    fresh.answers = {"heard": 60}
    with pytest.raises(IntegrityError, match="a guess stays"), transaction.atomic():
        fresh.save()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="a guess stays"), transaction.atomic():
        cursor.execute("UPDATE connection_guess SET without = NOT without")


@pytest.mark.parametrize("without", [True, False])
def test_a_guess_is_a_guess_or_none(pair: Pair, without: bool) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    odd = Guess(check_in=row, client=client, therapist=therapist, without=without, at=timezone.now())
    odd.answers = {"heard": 50} if without else None
    with pytest.raises(IntegrityError, match="guessed_or_looked_without"), transaction.atomic():
        odd.save(force_insert=True)


def test_nothing_guessed_is_no_guess(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    with pytest.raises(NothingGuessed), open_record(client, by=therapist, why="connection") as record:
        guess(record, row.pk, {"heard": None})
    assert not Guess.objects.exists()


def test_an_ended_alliance_opens_nothing(pair: Pair) -> None:
    client, therapist = pair
    said(client, met(client, therapist))
    Alliance.objects.filter(client=client).update(until=timezone.now())
    with pytest.raises(Http404):
        seen_by(therapist, client)


def guessing(client: Person, therapist: Person, row: ConnectionCheckIn, answers: dict[str, int]) -> Guess:
    with open_record(client, by=therapist, why="connection") as record:
        return guess(record, row.pk, answers)


@pytest.mark.django_db(transaction=True)
def test_of_many_tabs_at_once_one_guess_stands() -> None:
    client, therapist = make_pair()
    row = said(client, met(client, therapist))
    stops = range(0, 80, 10)
    found = together([partial(guessing, client, therapist, row, {"heard": stop}) for stop in stops])
    stored = Guess.objects.get()
    assert {one.given["heard"] for one in found if isinstance(one, Guess)} == {stored.given["heard"]}
    assert len(found) == len(stops)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_by_many_tabs_at_once_is_kept_once() -> None:
    client, therapist = make_pair()
    meeting, key = met(client, therapist), uuid4()
    found = together([lambda: answer(meeting, Told(ALL, shares=True), key=key, by=client) for _ in range(6)])
    assert {one.pk for one in found if isinstance(one, ConnectionCheckIn)} == {ConnectionCheckIn.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_taking_it_back_and_guessing_at_once_one_comes_before_the_other() -> None:
    client, therapist = make_pair()
    cleared(client)
    for _ in range(5):
        row = said(client, met(client, therapist))
        acts: list[Callable[[], Any]] = [
            partial(guessing, client, therapist, row, {"heard": 50}), partial(take_back, row.pk, by=client),
        ]  # fmt: skip
        first, _ = together(acts)
        assert isinstance(first, Guess) == Guess.objects.filter(pk=row.pk).exists()
        assert seen_by(therapist, client) == []


def test_days_are_the_clients_own(pair: Pair, clock: Callable[[str], Any]) -> None:
    client, therapist = pair
    Person.objects.filter(pk=client.pk).update(zone="Pacific/Auckland")
    client.refresh_from_db()
    clock("2026-12-01T14:30:00Z")  # 03:30 on 2 December there: still the first by their day
    row = said(client, met(client, therapist))
    assert (row.zone, row.local_date) == ("Pacific/Auckland", datetime(2026, 12, 1).date())
