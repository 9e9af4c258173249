"""What a client adds to an entry: kept once, sealed, under its entry's level, gone with it, and taken out and had back."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling import searching
from journaling.attachments import adding, chunks, reading
from journaling.attachments.models import Attachment, Chunk
from journaling.attachments.ranges import Stretch
from journaling.attachments.things import Thing, made_of
from journaling.models import Entry
from journaling.writing import Written, delete, keep, purge, share
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.sealing.envelope import CannotOpen
from koru.sealing.keyring import keyring
from koru.sealing.models import DataKey
from koru.ui.refused import Refused
from tests.journaling.sittings import make_pair

from .files import picture

pytestmark = pytest.mark.django_db
LENGTH = 3 * chunks.LENGTH + 500
CANARY = b"canary words of a recording"


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return make_pair()


@pytest.fixture
def rowan(pair: tuple[Person, Person]) -> Person:
    return pair[0]


def thing(length: int = LENGTH, kind: str = "voice") -> Thing:
    data = (CANARY * (length // len(CANARY) + 1))[:length]
    return Thing(kind, "audio/webm", data, seconds=3, small=b"small" if kind != "voice" else b"")


def entry_of(client: Person, level: str = "only_me") -> Entry:
    return keep(Written("Demo words", share=level), key=uuid4(), by=client)


def added(client: Person, level: str = "only_me", words: str = "") -> Attachment:
    return adding.attach(entry_of(client, level), thing(), words, key=uuid4(), by=client)


def whole(attachment: Attachment) -> bytes:
    return b"".join(chunks.read(attachment, "whole", Stretch(0, attachment.size - 1)))


def test_what_was_added_comes_back_byte_for_byte_and_lies_sealed(rowan: Person) -> None:
    attachment = added(rowan, words="Demo canary description")
    assert whole(attachment) == thing().data
    with connection.cursor() as cursor:
        cursor.execute("SELECT blob FROM attachments_chunk UNION ALL SELECT words FROM attachments_attachment")
        stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert len(stored) > LENGTH
    assert b"canary" not in stored


@pytest.mark.parametrize("first", [0, 1, chunks.LENGTH - 1, chunks.LENGTH, 2 * chunks.LENGTH + 7, LENGTH - 1])
@pytest.mark.parametrize("length", [1, 2, chunks.LENGTH, chunks.LENGTH + 2, LENGTH])
def test_a_stretch_is_that_stretch(rowan: Person, first: int, length: int) -> None:
    attachment, last = added(rowan), min(first + length, LENGTH) - 1
    assert b"".join(chunks.read(attachment, "whole", Stretch(first, last))) == thing().data[first : last + 1]


def test_only_the_chunks_of_a_stretch_are_opened(rowan: Person) -> None:
    attachment = added(rowan)
    with CaptureQueriesContext(connection) as asked:
        list(chunks.read(attachment, "whole", Stretch(chunks.LENGTH - 1, chunks.LENGTH)))
    assert len(asked) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE attachments_chunk SET number = number + 100 WHERE number = 1",
        "DELETE FROM attachments_chunk WHERE number = 1",
        "UPDATE attachments_attachment SET size = size - 500",
        "UPDATE attachments_chunk SET blob = set_byte(blob, 60, get_byte(blob, 60) # 1) WHERE number = 1",
        "UPDATE attachments_chunk a SET blob = b.blob FROM attachments_chunk b WHERE a.number = 1 AND b.number = 0",
    ],
)
def test_chunks_that_were_moved_cut_or_changed_dont_open(rowan: Person, spoil: str) -> None:
    attachment = added(rowan)
    with connection.cursor() as cursor:
        cursor.execute(spoil)
    attachment.refresh_from_db()
    with pytest.raises(CannotOpen):
        whole(attachment)


def test_a_chunk_of_another_file_doesnt_open(rowan: Person) -> None:
    one, other = added(rowan), added(rowan)
    theirs = Chunk.objects.get(attachment=other, number=0).blob
    Chunk.objects.filter(attachment=one, number=0).update(blob=theirs)
    with pytest.raises(CannotOpen):
        whole(one)


def test_without_its_key_nothing_of_it_can_be_read(rowan: Person) -> None:
    attachment = added(rowan)
    DataKey.objects.filter(owner=rowan.pk).delete()
    with keyring(), pytest.raises(CannotOpen):
        whole(attachment)


def test_a_double_tap_adds_one(rowan: Person) -> None:
    entry, key = entry_of(rowan), uuid4()
    one = adding.attach(entry, thing(), "", key=key, by=rowan)
    assert adding.attach(entry, thing(), "", key=key, by=rowan) == one
    assert Attachment.objects.count() == 1


def test_a_new_entry_sent_twice_is_one_with_one_recording(rowan: Person) -> None:
    key = uuid4()
    first = adding.keep_with(Written(""), thing(), "", key=key, by=rowan)
    assert adding.keep_with(Written(""), thing(), "", key=key, by=rowan) == first
    assert (Entry.objects.count(), Attachment.objects.count()) == (1, 1)


def test_ten_fit_with_an_entry(rowan: Person) -> None:
    entry = entry_of(rowan)
    for _ in range(adding.MOST_IN_AN_ENTRY):
        adding.attach(entry, thing(10), "", key=uuid4(), by=rowan)
    with pytest.raises(Refused, match="Ten things"):
        adding.attach(entry, thing(10), "", key=uuid4(), by=rowan)


def test_a_full_journal_says_so_and_taking_one_out_makes_room(rowan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST_OF_A_CLIENT", LENGTH + 100)
    first = added(rowan)
    with pytest.raises(Refused, match="has room for"):
        added(rowan)
    adding.remove(first, by=rowan)
    assert added(rowan)


def test_what_there_was_no_room_for_leaves_no_entry_behind(rowan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST_OF_A_CLIENT", 10)
    with pytest.raises(Refused):
        adding.keep_with(Written("Demo words"), thing(), "", key=uuid4(), by=rowan)
    assert not Entry.objects.exists()


def seen_by(therapist: Person, client: Person) -> int:
    with open_record(client.pk, by=therapist, why="timeline") as record:
        return int(Attachment.objects.readable_in(record).count())


def test_it_shares_its_entrys_level_at_once_both_ways(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    attachment = added(rowan)
    assert seen_by(wren, rowan) == 0
    share(attachment.entry, "my_therapist", by=rowan)
    assert seen_by(wren, rowan) == 1
    share(attachment.entry, "only_me", by=rowan)
    assert seen_by(wren, rowan) == 0


def test_it_goes_with_its_entry_and_for_good_after_thirty_days(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    attachment = added(rowan, "my_therapist")
    delete(attachment.entry, by=rowan)
    assert seen_by(wren, rowan) == 0
    assert not Attachment.objects.of(rowan).exists()
    purge(timezone.now() + timedelta(days=31))
    assert not Chunk.objects.exists()


def test_taken_out_it_can_be_had_back_for_thirty_days(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    attachment = added(rowan, "my_therapist")
    adding.remove(attachment, by=rowan)
    assert seen_by(wren, rowan) == 0
    assert adding.bring_back(attachment.pk, by=rowan) == attachment
    assert seen_by(wren, rowan) == 1
    adding.remove(attachment, by=rowan)
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        assert adding.bring_back(attachment.pk, by=rowan) is None
        assert adding.purge(timezone.now()) == 1
    assert not Chunk.objects.exists()


def test_nobody_elses_can_be_touched(pair: tuple[Person, Person]) -> None:
    attachment, stranger = added(pair[0]), make_pair()[0]
    adding.remove(attachment, by=stranger)
    adding.join(attachment, by=stranger)
    assert adding.bring_back(attachment.pk, by=stranger) is None
    with pytest.raises(Attachment.DoesNotExist):
        adding.describe(attachment, "theirs", by=stranger)
    with pytest.raises(Entry.DoesNotExist):
        adding.attach(attachment.entry, thing(), "", key=uuid4(), by=stranger)
    attachment.refresh_from_db()
    assert (attachment.removed_at, attachment.words) == (None, "")


def test_its_description_is_changed_and_sealed(rowan: Person) -> None:
    attachment = added(rowan)
    adding.describe(attachment, "A green line", by=rowan)
    assert reading.own(rowan, attachment.pk).words == "A green line"


def test_it_is_found_by_its_description_until_it_is_taken_out(rowan: Person) -> None:
    data = picture()
    entry = adding.keep_with(Written(""), made_of("drawing", data, len(data)), "A violet lake.", key=uuid4(), by=rowan)
    (hit,) = searching.found_by(searching.look_for("LAKE violet", by=rowan)).hits
    assert (hit.id, hit.heading) == (entry.pk, "Drawing")
    assert [piece.text for piece in hit.pieces if piece.found] == ["violet", "lake"]
    adding.remove(Attachment.objects.get(), by=rowan)
    assert not searching.found_by(searching.look_for("lake", by=rowan)).hits


def test_words_and_a_description_are_looked_through_together(rowan: Person) -> None:
    data = picture()
    adding.keep_with(Written("By the stairs."), made_of("photo", data, len(data)), "A violet lake.", key=uuid4(), by=rowan)
    (hit,) = searching.found_by(searching.look_for("stairs lake", by=rowan)).hits
    assert "".join(piece.text for piece in hit.pieces) == "By the stairs."
    assert not searching.found_by(searching.look_for("stairs hill", by=rowan)).hits
