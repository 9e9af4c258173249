"""Something to be put right: asked in one's own words, sealed, answered once by who works with them, and kept."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from pytest_django.asserts import assertContains, assertNotContains

from koru.people.models import Person
from koru.privacy.models import AccessRow, Correction
from koru.reminders.models import Letter
from koru.rights.correcting import answer_request, ask_to_put_right, take_request_back
from koru.sealing.keyring import keyring
from tests.crowd import together
from tests.people import ally, make_client, make_clinic, make_staff, make_therapist

from .copies import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/settings/put-right/"
WORDS = "My second name is canary Fern."


@pytest.fixture
def pair() -> tuple[Person, Person]:
    make_clinic()
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    return client, therapist


def asked(client: Person) -> Correction:
    with keyring():
        return ask_to_put_right(WORDS, key=uuid4(), by=client)


def test_it_is_asked_answered_and_read(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    web, other = signed_in(client), signed_in(therapist)
    key = str(uuid4())
    for _ in range(2):
        assertContains(web.post(PAGE, {"words": WORDS, "key": key}, follow=True), "Waits for an answer")
    row = Correction.objects.get()
    page = f"/rights/{client.pk}/"
    assertContains(other.get(page), WORDS)
    name = f"{row.pk}-"
    short = other.post(f"{page}{row.pk}/", {f"{name}outcome": "", f"{name}words": "Half an answer"})
    assert short.status_code == 422
    assertContains(short, "Half an answer", status_code=422)
    whole = {f"{name}outcome": "done", f"{name}words": "It says Fern now."}
    assertContains(other.post(f"{page}{row.pk}/", whole, follow=True), "Answered.")
    read = web.get(PAGE)
    assertContains(read, "It says Fern now.")
    assertContains(read, "Put right")
    assert Letter.objects.filter(kind="note-waits", to=client, channel="mail").count() == 1
    assert "correction answered" in AccessRow.objects.filter(client=client, actor=therapist).values_list("act", flat=True)


def test_the_desk_sees_on_its_first_page_who_waits_and_never_what(pair: tuple[Person, Person]) -> None:
    client, _ = pair
    desk = signed_in(make_staff())
    assertNotContains(desk.get("/desk/"), "Asked to be put right")
    row = asked(client)
    page = desk.get("/desk/")
    assertContains(page, "Asked to be put right")
    assertContains(page, f"/rights/{client.pk}/")
    assertNotContains(page, "canary Fern")
    take_request_back(row.pk, by=client)
    assertNotContains(desk.get("/desk/"), "Asked to be put right")


def test_nothing_to_say_is_said_beside_the_field(pair: tuple[Person, Person]) -> None:
    assert signed_in(pair[0]).post(PAGE, {"words": "  "}).status_code == 422
    assert not Correction.objects.exists()


def test_the_first_answer_stays(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    row = asked(client)
    with keyring():
        assert answer_request(row.pk, "done", "First.", client=client.pk, by=therapist)
        assert answer_request(row.pk, "stays", "Second.", client=client.pk, by=make_staff()) is None
    assert Correction.objects.get().answer == "First."


def test_taken_back_it_is_not_answered_and_answered_it_is_not_taken_back(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    first, second = asked(client), asked(client)
    assert take_request_back(first.pk, by=client)
    with keyring():
        assert answer_request(first.pk, "done", "Late.", client=client.pk, by=therapist) is None
        assert answer_request(second.pk, "done", "In time.", client=client.pk, by=therapist)
    assert not take_request_back(second.pk, by=client)
    assertNotContains(signed_in(therapist).get(f"/rights/{client.pk}/"), "Late.")


def test_nobody_else_reads_or_answers(pair: tuple[Person, Person]) -> None:
    client, _ = pair
    row = asked(client)
    for stranger in (make_therapist(), make_client()):
        assert signed_in(stranger).get(f"/rights/{client.pk}/").status_code == 404
        with pytest.raises(Http404), keyring():
            answer_request(row.pk, "done", "Not mine.", client=client.pk, by=stranger)
    assert not take_request_back(row.pk, by=make_client())


def test_one_of_another_is_not_answered_through_ones_own_client(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    row = asked(make_client())
    with pytest.raises(Http404), keyring():
        answer_request(row.pk, "done", "Not theirs.", client=client.pk, by=therapist)


def test_its_words_are_sealed(pair: tuple[Person, Person]) -> None:
    asked(pair[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT position('canary' IN encode(words, 'escape')) FROM privacy_correction")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_answered_by_two_at_once_one_answer_stands() -> None:
    make_clinic()
    client, therapist, desk = make_client(), make_therapist(), make_staff()
    ally(client, therapist)
    row = asked(client)
    said = together([
        lambda: answer_request(row.pk, "done", "One.", client=client.pk, by=therapist),
        lambda: answer_request(row.pk, "stays", "Other.", client=client.pk, by=desk),
    ])  # fmt: skip
    assert sum(one is not None for one in said) == 1
