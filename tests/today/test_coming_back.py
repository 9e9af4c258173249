"""The way back after a goodbye: one tap, and the desk knows that somebody would like to talk."""

from collections.abc import Callable
from functools import partial

import pytest

from koru.care.finishing import end_it
from koru.desk.recording import begin_alliance
from koru.people.models import Ending, Person, SoonerAsk
from koru.privacy.door import open_record
from koru.reminders.models import Letter
from koru.sealing.keyring import keyring
from scheduling.coming_back import NOTE, ask_to_come_back
from scheduling.models import ConsultationRequest
from tests.care.world import make_pair, signed_in
from tests.crowd import together
from tests.people import make_client, make_staff, make_therapist
from tests.people.goodbyes import opened, said

pytestmark = pytest.mark.django_db
BACK = "/goodbye/come-back/"


def finished() -> Person:
    client, therapist = make_pair()
    said(opened(client, therapist))
    with keyring(), open_record(client, by=therapist, why="goodbye", to_change=True) as record:
        end_it(Ending.objects.open().get(client=client), record=record, by=therapist)
    return client


def test_one_tap_reaches_the_desk_once() -> None:
    client, desk = finished(), make_staff()
    web = signed_in(client)
    assert "I’d like to talk again" in web.get("/goodbye/").content.decode()
    for _ in range(2):
        assert web.post(BACK)["Location"] == "/goodbye/"
    asked = ConsultationRequest.objects.get()
    assert (asked.name, asked.email, asked.state) == (client.display_name, client.email, "new")
    assert Letter.objects.filter(kind="new-request", to=desk, channel="mail").count() == 1
    for path in ("/desk/requests/", f"/desk/requests/{asked.pk}/"):
        assert client.display_name in signed_in(desk).get(path).content.decode()
    assert NOTE in signed_in(desk).get(f"/desk/requests/{asked.pk}/").content.decode()
    page = web.get("/goodbye/").content.decode()
    assert "You asked on" in page
    assert "I’d like to talk again" not in page


def test_once_somebody_works_with_them_again_nothing_waits_at_the_desk() -> None:
    client = finished()
    with keyring():
        ask_to_come_back(by=client)
        begin_alliance(client, make_therapist(), by=make_staff())
    assert not ConsultationRequest.objects.open().exists()


def test_while_somebody_works_with_them_it_is_a_wish_to_come_sooner() -> None:
    client, therapist = make_pair()
    opened(client, therapist)
    signed_in(client).post(BACK)
    assert SoonerAsk.objects.get().client == client
    assert not ConsultationRequest.objects.exists()


def test_who_has_said_no_goodbye_has_no_such_page() -> None:
    assert signed_in(make_client()).post(BACK).status_code == 404
    assert not ConsultationRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pressed_at_once_it_is_one_request() -> None:
    client = finished()

    def ask() -> object:
        with keyring():
            return ask_to_come_back(by=client)

    deeds: list[Callable[[], object]] = [partial(ask) for _ in range(4)]
    together(deeds)
    assert ConsultationRequest.objects.count() == 1
