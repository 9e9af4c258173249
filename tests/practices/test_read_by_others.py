"""Who sees which practices were done: the client, and their therapist unless it is kept to oneself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from koru.practices.choosing import keep_to_oneself, share
from koru.practices.models import PracticeDone
from koru.practices.moments import moments
from koru.privacy.door import NoSuchRecord, open_record
from tests.care.world import signed_in
from tests.people import make_client, make_staff, make_therapist

from .world import Pair, did, opened


def lately() -> Span:
    return Span(timezone.now() - timedelta(days=30), timezone.now() + timedelta(hours=1))


def told(client: Person, reader: Person) -> list[tuple[str, str]]:
    with opened(client, reader) as record:
        return [(moment.words.title, moment.words.body) for moment in moments(record, lately())]


def test_the_therapist_reads_what_was_done_and_whether_it_helped_newest_first(pair: Pair) -> None:
    client, therapist = pair
    did(client, "hum", "harder")
    did(client, "edges", "", timedelta(days=2))
    did(client, "one-cup", "a_bit", timedelta(days=1))
    assert told(client, therapist) == [
        ("Practice: Hum", "It made it harder"),
        ("Practice: One cup", "It helped a bit"),
        ("Practice: Edges of the room", ""),
    ]


def test_kept_to_oneself_all_of_it_is_gone_at_once_and_there_again_when_shared(pair: Pair) -> None:
    client, therapist = pair
    did(client, "hum", "yes")
    keep_to_oneself(by=client)
    assert told(client, therapist) == []
    assert told(client, client) == [("Practice: Hum", "It helped")]
    assert "Practice: Hum" not in signed_in(therapist).get(f"/care/{client.pk}/").content.decode()
    share(waits=None, by=client)
    page = signed_in(therapist).get(f"/care/{client.pk}/?only=practices").content.decode()
    assert "Practice: Hum" in page
    assert "It helped" in page


def test_the_desk_and_others_read_nothing(pair: Pair) -> None:
    client = pair[0]
    did(client, "hum", "yes")
    assert told(client, make_staff()) == []
    for stranger in (make_therapist(), make_client()):
        with pytest.raises(NoSuchRecord), open_record(client, by=stranger, why="timeline"):
            raise AssertionError("the door was open")


def test_a_practice_that_left_the_library_keeps_its_slug(pair: Pair) -> None:
    row = did(pair[0], "hum", "yes")
    PracticeDone.objects.filter(pk=row.pk).update(practice="left-by-now")
    assert told(*pair) == [("Practice: left-by-now", "It helped")]
