"""Keeping, changing, sharing and deleting what a client wrote."""

from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from journaling import writing
from journaling.models import Draft, Entry, EntryRevision, ShareChange, ShareWish
from journaling.writing import Written
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import HOUR, at, make_dosing, make_pair

pytestmark = pytest.mark.django_db
Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return make_pair()


@pytest.fixture
def rowan(pair: tuple[Person, Person]) -> Person:
    return pair[0]


def keep(by: Person, text: str = "The river.", **more: Any) -> Entry:
    return writing.keep(Written(text, **more), key=uuid4(), by=by)


def stored(entry: Entry) -> Entry:
    found: Entry = Entry.objects.get(pk=entry.pk)
    return found


def test_a_form_sent_twice_makes_one_entry(rowan: Person) -> None:
    key = uuid4()
    first = writing.keep(Written("Once."), key=key, by=rowan)
    assert writing.keep(Written("Once."), key=key, by=rowan).pk == first.pk
    assert Entry.objects.count() == 1
    assert not EntryRevision.objects.exists()


def test_a_form_sent_again_with_other_words_changes_them_and_keeps_how_they_were(rowan: Person) -> None:
    key = uuid4()
    first = writing.keep(Written("Once."), key=key, by=rowan)
    writing.keep(Written("Once, and more."), key=key, by=rowan)
    assert stored(first).text == "Once, and more."
    assert [revision.text for revision in EntryRevision.objects.all()] == ["Once."]


def test_a_form_sent_again_after_its_entry_was_deleted_loses_nothing(rowan: Person) -> None:
    key = uuid4()
    first = writing.keep(Written("Once."), key=key, by=rowan)
    writing.delete(first, by=rowan)
    assert writing.keep(Written("Again."), key=key, by=rowan).text == "Again."
    assert Entry.objects.written_by(rowan).count() == 1


def test_two_clients_with_one_key_have_an_entry_each(rowan: Person) -> None:
    other, _ = make_pair()
    key = uuid4()
    writing.keep(Written("Mine."), key=key, by=rowan)
    assert writing.keep(Written("Theirs."), key=key, by=other).text == "Theirs."


def test_the_words_of_the_prompt_are_kept_as_they_were_asked(rowan: Person) -> None:
    entry = keep(rowan, prompt="b-three-words")
    assert stored(entry).asked == "Pick three words you would like to carry with you into the session."
    assert keep(rowan, prompt="made-up").asked == ""


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-24T23:59:00-05:00", date(2026, 11, 24)),
        ("2026-11-25T00:01:00-05:00", date(2026, 11, 24)),
        ("2026-11-25T03:59:00-05:00", date(2026, 11, 24)),
        ("2026-11-25T04:01:00-05:00", date(2026, 11, 25)),
    ],
)
def test_an_entry_stays_on_its_day_wherever_its_writer_goes(rowan: Person, clock: Clock, now: str, day: date) -> None:
    clock(now)
    entry = keep(rowan)
    rowan.zone = "Pacific/Auckland"
    rowan.save()
    writing.edit(entry, "", "Changed.", key=uuid4(), by=rowan)
    assert (stored(entry).local_date, stored(entry).zone) == (day, "America/New_York")


def test_changing_keeps_how_it_was_and_the_same_words_again_keep_nothing(rowan: Person) -> None:
    entry = keep(rowan, "First.", title="One")
    writing.edit(entry, "One", "Second.", key=uuid4(), by=rowan)
    writing.edit(entry, "One", "Second.", key=uuid4(), by=rowan)
    assert [(revision.title, revision.text) for revision in EntryRevision.objects.all()] == [("One", "First.")]
    assert stored(entry).edited_at is not None


def test_nobody_changes_anothers_words(rowan: Person) -> None:
    entry, (stranger, wren) = keep(rowan), make_pair()
    for person in (stranger, wren):
        with pytest.raises(Entry.DoesNotExist):
            writing.edit(entry, "", "Theirs.", key=uuid4(), by=person)
        with pytest.raises(Entry.DoesNotExist):
            writing.share(entry, "my_therapist", by=person)
        writing.delete(entry, by=person)
    assert (stored(entry).text, stored(entry).share, stored(entry).deleted_at) == ("The river.", "only_me", None)


def test_each_new_entry_starts_at_only_me(rowan: Person) -> None:
    keep(rowan, share="bring_to_session")
    assert keep(rowan).share == "only_me"


def test_each_change_of_who_may_read_is_kept(rowan: Person) -> None:
    entry = keep(rowan, share="my_therapist")
    writing.share(entry, "bring_to_session", by=rowan)
    writing.share(entry, "only_me", by=rowan)
    writing.share(entry, "only_me", by=rowan)
    assert list(ShareChange.objects.values_list("was", "became")) == [
        ("only_me", "my_therapist"),
        ("my_therapist", "bring_to_session"),
        ("bring_to_session", "only_me"),
    ]


def test_within_a_day_of_a_session_sharing_more_is_a_wish_and_sharing_less_acts(
    pair: tuple[Person, Person], clock: Clock
) -> None:
    rowan, wren = pair
    clock("2026-11-20T12:00:00+00:00")
    before = keep(rowan, share="bring_to_session")
    make_dosing(rowan, wren, at("2026-11-23T15:00:00+00:00"), ended=at("2026-11-23T17:35:00+00:00"))
    clock("2026-11-23T20:00:00+00:00")
    entry = keep(rowan, share="my_therapist")
    assert stored(entry).share == "only_me"
    wish = ShareWish.objects.get()
    assert (wish.entry_id, wish.level, wish.ask_at) == (entry.pk, "my_therapist", at("2026-11-24T17:35:00+00:00"))
    writing.share(before, "only_me", by=rowan)
    assert stored(before).share == "only_me"
    clock("2026-11-24T17:35:00+00:00")
    writing.share(entry, "my_therapist", by=rowan)
    assert stored(entry).share == "my_therapist"
    assert not ShareWish.objects.exists()


def test_while_a_session_runs_sharing_more_waits_too(pair: tuple[Person, Person], clock: Clock) -> None:
    rowan, wren = pair
    make_dosing(rowan, wren, at("2026-11-23T15:00:00+00:00"))
    clock("2026-11-23T16:00:00+00:00")
    assert keep(rowan, share="my_therapist").share == "only_me"
    assert ShareWish.objects.get().ask_at == at("2026-11-24T17:30:00+00:00")


def test_before_the_first_session_nothing_waits(pair: tuple[Person, Person], clock: Clock) -> None:
    rowan, wren = pair
    make_dosing(rowan, wren, at("2026-11-23T15:00:00+00:00"))
    clock("2026-11-23T14:59:00+00:00")
    assert keep(rowan, share="my_therapist").share == "my_therapist"


def test_a_deleted_entry_can_be_had_back_for_thirty_days_and_then_is_gone_with_its_history(rowan: Person, clock: Clock) -> None:
    clock("2026-10-01T12:00:00+00:00")
    entry, other = keep(rowan, share="my_therapist"), keep(rowan)
    writing.edit(entry, "", "Changed.", key=uuid4(), by=rowan)
    writing.delete(entry, by=rowan)
    assert list(Entry.objects.written_by(rowan)) == [other]
    clock("2026-10-31T11:59:59+00:00")
    call_command("purge_deleted", verbosity=0, stdout=StringIO())
    assert writing.undo_delete(entry.pk, by=rowan)
    assert stored(entry).share == "my_therapist"
    writing.delete(entry, by=rowan)
    clock("2026-11-30T12:00:00+00:00")
    assert not writing.undo_delete(entry.pk, by=rowan)
    call_command("purge_deleted", stdout=StringIO())
    assert list(Entry.objects.all()) == [other]
    assert not EntryRevision.objects.exists()


def test_nobody_else_takes_a_delete_back(rowan: Person) -> None:
    entry = keep(rowan)
    writing.delete(entry, by=rowan)
    assert not writing.undo_delete(entry.pk, by=make_pair()[0])


def test_no_column_holds_a_word_in_the_clear(rowan: Person) -> None:
    entry = keep(rowan, "canary-text", title="canary-title")
    writing.edit(entry, "canary-title-2", "canary-text-2", key=uuid4(), by=rowan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(title || text, 'escape') FROM journaling_entry")
        found = cursor.fetchall()
        cursor.execute("SELECT encode(title || text, 'escape') FROM journaling_entryrevision")
        found += cursor.fetchall()
    assert len(found) == 2
    assert "canary" not in str(found)


def test_a_kept_form_leaves_no_draft(rowan: Person) -> None:
    key = uuid4()
    Draft.objects.create(client=rowan, key=key, text="The ri", saved_at=at("2026-11-24T10:00:00+00:00") - HOUR)
    writing.keep(Written("The river."), key=key, by=rowan)
    assert not Draft.objects.exists()


def test_words_that_another_page_put_into_the_draft_since_stay(rowan: Person) -> None:
    key = uuid4()
    Draft.objects.create(client=rowan, key=key, text="Something else.", revision=4, saved_at=at("2026-11-24T10:00:00+00:00"))
    writing.keep(Written("The river."), key=key, revision=2, by=rowan)
    assert [draft.text for draft in Draft.objects.all()] == ["Something else."]
    assert Draft.objects.get().key != key
