"""The bytes on their way out: to whom, in which stretch, and under which headers."""

from uuid import uuid4

import pytest
from django.test import Client

from journaling.attachments import adding, chunks
from journaling.attachments.models import Attachment
from journaling.attachments.things import Thing, made_of
from journaling.models import Entry
from journaling.writing import Written, delete, keep, share
from koru.people.models import Person
from koru.privacy.models import AccessRow
from tests.care.world import signed_in
from tests.journaling.sittings import make_pair

from .files import picture

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 2000  # four chunks


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return make_pair()


def entry_of(client: Person, level: str = "my_therapist") -> Entry:
    return keep(Written("Demo words", share=level), key=uuid4(), by=client)


def voice_of(client: Person, level: str = "my_therapist") -> Attachment:
    thing = Thing("voice", "audio/webm", DATA, seconds=9)
    return adding.attach(entry_of(client, level), thing, "", key=uuid4(), by=client)


def drawing_of(client: Person, level: str = "my_therapist") -> Attachment:
    data = picture()
    return adding.attach(entry_of(client, level), made_of("drawing", data, len(data)), "", key=uuid4(), by=client)


def test_all_of_it_and_each_stretch(pair: tuple[Person, Person]) -> None:
    path, browser = f"/journal/with/{voice_of(pair[0]).pk}/file/", signed_in(pair[0])
    answer = browser.get(path)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(DATA)))
    assert answer.getvalue() == DATA
    edge = chunks.LENGTH
    for first, last in [(0, 0), (edge - 2, edge + 2), (len(DATA) - 3, len(DATA) - 1)]:
        part = browser.get(path, headers={"range": f"bytes={first}-{last}"})
        assert part.status_code == 206
        assert part["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
        assert part["Content-Length"] == str(last - first + 1)
        assert part.getvalue() == DATA[first : last + 1]


def test_a_stretch_behind_the_end_is_416(pair: tuple[Person, Person]) -> None:
    path = f"/journal/with/{voice_of(pair[0]).pk}/file/"
    answer = signed_in(pair[0]).get(path, headers={"range": f"bytes={len(DATA)}-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(DATA)}")


def test_its_head_tells_the_same_without_bytes(pair: tuple[Person, Person]) -> None:
    path = f"/journal/with/{voice_of(pair[0]).pk}/file/"
    answer = signed_in(pair[0]).head(path, headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer["Content-Length"], answer.content) == (206, "10", b"")


def test_it_is_shown_as_nothing_but_what_it_is_and_kept_nowhere(pair: tuple[Person, Person]) -> None:
    browser = signed_in(pair[0])
    for path in (f"/journal/with/{voice_of(pair[0]).pk}/file/", f"/journal/with/{drawing_of(pair[0]).pk}/small/"):
        answer = browser.get(path)
        assert answer["Content-Type"] in {"audio/webm", "image/png"}
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Disposition"] in {'inline; filename="voice-note.webm"', 'inline; filename="drawing.png"'}
        assert answer["Cache-Control"] == "no-store"


def paths(client: Person, one: Attachment) -> list[str]:
    there = [f"/care/{client.pk}/with/{one.pk}/", f"/care/{client.pk}/with/{one.pk}/file/"]
    return there + ([f"/care/{client.pk}/with/{one.pk}/small/"] if one.small_size else [])


def statuses(reader: Client, client: Person, one: Attachment) -> set[int]:
    part = {"range": "bytes=0-1"}
    return {reader.get(path, headers=headers).status_code for path in paths(client, one) for headers in ({}, part)}


def test_a_therapist_reaches_what_is_shared_and_nothing_else(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    reader, stranger = signed_in(wren), signed_in(make_pair()[1])
    for one in (voice_of(rowan), drawing_of(rowan)):
        assert statuses(reader, rowan, one) <= {200, 206}
        assert statuses(stranger, rowan, one) == {404}
        assert reader.get(f"/journal/with/{one.pk}/file/").status_code in (302, 404)
    for one in (voice_of(rowan, "only_me"), drawing_of(rowan, "only_me")):
        assert statuses(reader, rowan, one) == {404}


def test_taking_it_back_acts_at_the_next_request(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    reader, one = signed_in(wren), drawing_of(rowan)
    assert 404 not in statuses(reader, rowan, one)
    share(one.entry, "only_me", by=rowan)
    assert statuses(reader, rowan, one) == {404}
    share(one.entry, "my_therapist", by=rowan)
    assert 404 not in statuses(reader, rowan, one)
    adding.remove(one, by=rowan)
    assert statuses(reader, rowan, one) == {404}
    adding.bring_back(one.pk, by=rowan)
    delete(one.entry, by=rowan)
    assert statuses(reader, rowan, one) == {404}


def test_each_look_of_somebody_else_is_on_the_list_and_ones_own_is_not(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    one = voice_of(rowan)
    signed_in(rowan).get(f"/journal/with/{one.pk}/file/")
    assert not AccessRow.objects.filter(client=rowan, act="attachment").exists()
    signed_in(wren).get(f"/care/{rowan.pk}/with/{one.pk}/file/", headers={"range": "bytes=0-1"})
    assert AccessRow.objects.filter(client=rowan, actor=wren, act="attachment").count() == 1
    page = signed_in(rowan).get("/settings/who-looked/").content.decode()
    assert "opened a recording or a picture you share" in page


def test_the_shared_entrys_page_shows_them_and_another_clients_doesnt_open_here(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    one = drawing_of(rowan)
    page = signed_in(wren).get(f"/care/{rowan.pk}/entries/{one.entry_id}/").content.decode()
    assert f"/care/{rowan.pk}/with/{one.pk}/small/" in page
    other = drawing_of(make_pair()[0])
    assert signed_in(wren).get(f"/care/{rowan.pk}/with/{other.pk}/file/").status_code == 404
    assert signed_in(rowan).get(f"/journal/with/{other.pk}/file/").status_code == 404


def test_a_recording_has_no_small_picture(pair: tuple[Person, Person]) -> None:
    one = voice_of(pair[0])
    assert signed_in(pair[0]).get(f"/journal/with/{one.pk}/small/").status_code == 404
    assert signed_in(pair[1]).get(f"/care/{pair[0].pk}/with/{one.pk}/small/").status_code == 404
