"""A picture of what matters: drawn anew, sealed, hidden with its section, and elsewhere only by its owner's choice."""

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from koru.people.models import Person
from koru.privacy.looks import looks_at
from koru.safety import planning
from koru.safety.plan_picture import LONGEST_SIDE, Choices, drawn_anew, put
from koru.safety.plans import PlanPicture
from koru.sealing.keyring import keyring
from koru.ui import refused
from tests.journaling.attachments.files import moving, photo_with_place, picture
from tests.people import ally, make_admin, make_client, make_staff, make_therapist

from .test_plan import CANARY, Pair, make_pair

PAGE, FILE = "/safety-plan/picture/", "/safety-plan/picture/file/"
SHOWN = '<figure class="plan-picture'


@pytest.fixture
def pair(db: None) -> Iterator[Pair]:
    with keyring():
        yield make_pair()


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def send(pair: Pair, data: bytes, **more: str) -> int:
    file = SimpleUploadedFile("x.jpg", data, content_type="image/jpeg")
    return signed_in(pair.rowan).post(PAGE, {"file": file, **more}).status_code


def page(person: Person, path: str = "/safety-plan/") -> str:
    return signed_in(person).get(path).content.decode()


def theirs(pair: Pair) -> str:
    return f"/care/{pair.rowan.pk}/safety-plan/"


def test_it_stands_beside_the_last_part_upright_bare_and_small_enough(pair: Pair) -> None:
    assert "Add a picture" in page(pair.rowan)
    assert send(pair, photo_with_place(), words="Our boat") == 302
    assert f'src="{FILE}"' in page(pair.rowan)
    assert 'alt="Our boat"' in page(pair.rowan)
    answer = signed_in(pair.rowan).get(FILE)
    assert b"canary" not in answer.content
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert not Image.open(BytesIO(answer.content)).getexif()
    send(pair, picture("JPEG", (4000, 2000)))
    assert (PlanPicture.objects.get().width, PlanPicture.objects.get().height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_it_is_sealed(pair: Pair) -> None:
    data = picture("PNG")
    put(pair.rowan, drawn_anew(data, len(data)), Choices(CANARY), by=pair.rowan)
    kept = PlanPicture.objects.get()
    plain = base64.b64decode(kept.data)
    for column in ("data", "words"):
        blob = bytes(PlanPicture.objects.values_list(column, flat=True).get() or b"")
        assert not any(part in blob for part in (plain, base64.b64encode(plain), CANARY.encode()))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", refused.NOTHING),
        (b"%PDF-1.7", refused.NO_PICTURE),
        (b"<html><script>koru()</script></html>", refused.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", refused.DRAWN_BY_CODE),
        (picture("PNG", (300, 300))[:400], refused.CUT),
        (moving(), refused.MOVING),
        (b"\xff\xd8\xff" + b"\x00" * 6_000_000, refused.TOO_LARGE.format(most=5)),
    ],
    ids=["empty", "pdf", "page", "svg", "cut", "moving", "large"],
)
def test_what_cannot_be_kept_is_told_beside_it_and_what_was_typed_stays(pair: Pair, data: bytes, words: str) -> None:
    file = SimpleUploadedFile("x.jpg", data, content_type="image/jpeg")
    answer = signed_in(pair.rowan).post(PAGE, {"file": file, "words": "Our boat", "in_print": "on"})
    shown = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 422
    assert words in shown
    assert 'value="Our boat"' in shown
    assert re.search(r'name="in_print"[^>]*checked', shown)
    assert not PlanPicture.objects.exists()


def test_nothing_chosen_is_said_and_without_a_new_one_only_choices_change(pair: Pair) -> None:
    browser = signed_in(pair.rowan)
    assert "Choose a picture first." in browser.post(PAGE, {"words": "x"}).content.decode()
    send(pair, picture("JPEG"))
    before = PlanPicture.objects.get()
    assert browser.post(PAGE, {"words": "The sea", "in_print": "on"}).status_code == 302
    after = PlanPicture.objects.get()
    assert (after.pk, after.data, after.words, after.in_print, after.on_device) == (
        before.pk,
        before.data,
        "The sea",
        True,
        False,
    )


def test_a_new_one_takes_the_place_of_the_old_and_taken_out_it_is_gone(pair: Pair) -> None:
    for colour in ("#ff0000", "#00ff00"):
        send(pair, picture("JPEG", colour=colour))
    assert PlanPicture.objects.count() == 1
    for _ in range(2):
        assert signed_in(pair.rowan).post("/safety-plan/picture/take-out/").status_code == 302
    assert not PlanPicture.objects.exists()
    assert signed_in(pair.rowan).get(FILE).status_code == 404


def test_the_therapist_sees_it_as_they_read_that_part_and_the_look_is_kept(pair: Pair) -> None:
    send(pair, picture("JPEG"))
    assert f'src="{theirs(pair)}picture/"' in page(pair.wren, theirs(pair))
    before = len(looks_at(pair.rowan))
    assert signed_in(pair.wren).get(f"{theirs(pair)}picture/").status_code == 200
    assert len(looks_at(pair.rowan)) == before + 1
    planning.keep_matters_to_oneself(pair.rowan, by=pair.rowan)
    assert SHOWN not in page(pair.wren, theirs(pair))
    assert signed_in(pair.wren).get(f"{theirs(pair)}picture/").status_code == 404
    assert SHOWN in page(pair.rowan)
    planning.share_matters(pair.rowan, waits=None, by=pair.rowan)
    assert SHOWN in page(pair.wren, theirs(pair))


def test_nobody_else_reaches_it(pair: Pair) -> None:
    send(pair, picture("JPEG"))
    other = make_client()
    stranger = make_therapist()
    ally(other, stranger)
    for person in (other, stranger, make_staff(), make_admin()):
        assert signed_in(person).get(FILE).status_code == 404
        assert signed_in(person).get(f"{theirs(pair)}picture/").status_code == 404


@pytest.mark.parametrize("chosen", [False, True])
def test_it_is_in_the_copy_and_on_paper_only_by_choice(pair: Pair, chosen: bool) -> None:
    pair.keep(pair.rowan, signs="I sleep badly")
    also = {"on_device": "on", "in_print": "on"} if chosen else {}
    send(pair, picture("JPEG"), **also)
    copy = page(pair.rowan, "/safety-plan/copy/")
    assert ("data:image/jpeg;base64," in copy) is chosen
    assert FILE not in copy
    for person, path in ((pair.rowan, "/safety-plan/"), (pair.wren, theirs(pair))):
        assert ('<figure class="plan-picture no-print">' in page(person, path)) is not chosen


def test_whoever_erases_a_client_takes_it_along(pair: Pair) -> None:
    send(pair, picture("JPEG"))
    planning.keep(pair.rowan, planning.Writing({}, 0, uuid4()), by=pair.rowan)
    pair.rowan.safety_plan.delete()
    assert not PlanPicture.objects.exists()
