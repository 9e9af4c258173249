"""The wish to be erased: it waits, it can be taken back, a duty holds it up and is told; all steps together, and races."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from journaling.models import Entry
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.models import Erasure
from koru.reminders.models import Letter
from koru.rights import erasing, forgetting
from koru.sealing.envelope import CannotOpen
from koru.sealing.keyring import keyring
from koru.sealing.models import DataKey
from koru.sealing.tombstones import buried
from scheduling.models import Appointment
from scheduling.refusals import Refused
from tests.crowd import together
from tests.people import make_client, make_clinic, make_staff
from tests.scheduling.practice import Practice, at, make_practice

from .copies import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/settings/erase/"
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def client_person() -> Person:
    make_clinic(erase_after_days=5, kept_by_law_words="We keep bills for ten years.")
    return make_client()


def kinds_waiting() -> set[str]:
    return set(Letter.objects.filter(withdrawn_at=None, sent_at=None).values_list("kind", flat=True))


def test_it_waits_for_the_days_that_the_clinic_gives_and_says_so(client_person: Person) -> None:
    wish = erasing.ask_to_be_erased(by=client_person)
    assert timedelta(days=5) - A_SECOND < wish.due_at - timezone.now() <= timedelta(days=5)
    assert forgetting.begin(wish.pk, wish.due_at - A_SECOND) is None
    assert kinds_waiting() == {"erasing-asked", "erasing-soon"}
    assert Letter.objects.filter(kind="erasing-soon").earliest("due_at").due_at < wish.due_at
    assert erasing.ask_to_be_erased(by=client_person) == wish


def test_taken_back_nothing_happens_and_nothing_more_is_said(client_person: Person) -> None:
    wish = erasing.ask_to_be_erased(by=client_person)
    assert erasing.take_back(by=client_person)
    assert not erasing.take_back(by=client_person)
    assert kinds_waiting() == set()
    assert forgetting.begin(wish.pk, wish.due_at + timedelta(days=9)) is None
    assert erasing.ask_to_be_erased(by=client_person) != wish


def test_a_duty_holds_it_up_until_it_is_lifted_and_then_leaves_time_to_change_ones_mind(client_person: Person) -> None:
    desk = make_staff()
    wish = erasing.ask_to_be_erased(by=client_person)
    with keyring():
        erasing.hold(client_person, "A court asked us to keep it until May.", by=desk)
    assert forgetting.begin(wish.pk, wish.due_at + timedelta(days=300)) is None
    assert kinds_waiting() == {"note-waits"}
    assertContains(signed_in(client_person).get(PAGE), "A court asked us to keep it until May.")
    Erasure.objects.update(due_at=timezone.now() - timedelta(days=3))
    assert erasing.lift(client_person, by=desk)
    assert not erasing.lift(client_person, by=desk)
    wish.refresh_from_db()
    assert wish.due_at > timezone.now() + timedelta(days=1)
    assert "erasing-soon" in kinds_waiting()


def test_once_it_has_begun_it_is_neither_taken_back_nor_held(client_person: Person) -> None:
    wish = erasing.ask_to_be_erased(by=client_person)
    assert forgetting.begin(wish.pk, wish.due_at)
    with pytest.raises(erasing.NotAnyMore):
        erasing.take_back(by=client_person)
    with pytest.raises(erasing.NotAnyMore):
        erasing.hold(client_person, "Too late.", by=make_staff())


def test_it_is_not_begun_in_the_middle_of_a_session(client_person: Person) -> None:
    practice = make_practice()
    practice.book(at("2026-12-16 10:00"))
    Appointment.objects.update(started_at=timezone.now())
    wish = erasing.ask_to_be_erased(by=practice.client)
    assert forgetting.begin(wish.pk, wish.due_at) is None


@pytest.mark.parametrize("days", [0, 61])
def test_a_wait_is_some_days(days: int) -> None:
    clinic = make_clinic()
    clinic.erase_after_days = days
    with pytest.raises(ValidationError, match="Between 1 and 60 days"):
        clinic.full_clean()


def test_the_page_says_what_goes_and_stays_and_asks_who_it_is(client_person: Person) -> None:
    web = signed_in(client_person)
    page = web.get(PAGE)
    for words in ("What goes", "What stays", "We keep bills for ten years.", "Erase me in 5 days"):
        assertContains(page, words)
    asked = web.post(PAGE)
    assert not Erasure.objects.exists()
    after = web.post(asked["Location"], {"password": PASSWORD, "next": PAGE}, follow=True)
    assertContains(after, "It happens on")
    assertNotContains(after, "Erase me in")
    assertContains(web.post(f"{PAGE}stay/", follow=True), "You stay. Nothing was erased.")
    assertContains(web.get(PAGE), "Erase me in 5 days")


@pytest.fixture
def practice(transactional_db: None) -> Practice:
    return make_practice()


def due(client: Person) -> Erasure:
    wish = erasing.ask_to_be_erased(by=client)
    Erasure.objects.filter(pk=wish.pk).update(due_at=timezone.now() - A_SECOND)
    return wish


def write(client: Person, text: str) -> None:
    now = timezone.now()
    Entry.objects.create(client=client, text=text, share="my_therapist", at=now, zone="UTC", local_date=now.date(), key=uuid4())


@pytest.mark.django_db(transaction=True)
def test_all_steps_by_two_clocks_at_once_while_their_therapist_reads_and_the_desk_books(practice: Practice) -> None:
    """Whoever comes first: nothing is left that opens, and nothing is booked for somebody who is gone."""
    client, therapist = practice.client, practice.therapist
    with keyring():
        write(client, "Words.")
    practice.book(at("2026-12-16 10:00"))
    due(client)

    def read() -> None:
        try:
            with open_record(client.pk, by=therapist, why="timeline"):
                [entry.text for entry in Entry.objects.filter(client=client.pk)]
        except CannotOpen:
            """The key went in this very moment."""

    def book() -> None:
        try:
            practice.book(at("2026-12-18 10:00"), kind="integration", by=practice.staff)
        except Refused:
            """No longer there to be booked for."""

    now = timezone.now()
    together([lambda: forgetting.erase_what_is_due(now)] * 2 + [read, book, read])
    assert forgetting.erase_what_is_due(now) in (0, 1), "one that waited too long for a lock is done by the next tick"
    wish = Erasure.objects.get()
    assert wish.done_at
    assert client.pk in buried()
    assert not Entry.objects.filter(client=client).exists()
    assert not DataKey.objects.filter(owner=client.pk).exists()
    assert forgetting.sweep(wish.done_at + forgetting.IN_FLIGHT) == 0, "the last letter has not gone"
    assert set(Appointment.objects.filter(client=client).values_list("state", flat=True)) == {"cancelled"}
    Letter.objects.filter(about=wish.pk).delete()
    assert forgetting.sweep(wish.done_at + forgetting.IN_FLIGHT) == 1


@pytest.mark.django_db(transaction=True)
def test_asked_for_by_many_presses_at_once_it_is_one_wish_and_one_letter(practice: Practice) -> None:
    together([lambda: erasing.ask_to_be_erased(by=practice.client)] * 5)
    assert Erasure.objects.count() == 1
    assert Letter.objects.filter(kind="erasing-asked", channel="mail").count() == 1


@pytest.mark.django_db(transaction=True)
def test_held_and_begun_at_the_same_instant_only_one_of_them_is_so(practice: Practice) -> None:
    wish = due(practice.client)

    def hold() -> None:
        try:
            erasing.hold(practice.client, "A duty.", by=practice.staff)
        except erasing.NotAnyMore:
            """It had begun."""

    now = timezone.now()
    together([lambda: forgetting.begin(wish.pk, now) and None, hold])
    wish.refresh_from_db()
    assert bool(wish.begun_at) != bool(erasing.hold_on(practice.client))


def test_signed_in_they_are_out_and_cannot_come_back(client_person: Person) -> None:
    web = signed_in(client_person)
    wish = erasing.ask_to_be_erased(by=client_person)
    assert web.get("/today/").status_code == 200
    forgetting.begin(wish.pk, wish.due_at)
    assert web.get("/today/")["Location"].startswith("/accounts/login/")
    again = Client()
    again.post("/accounts/login/", {"login": client_person.email, "password": PASSWORD})
    assert again.get("/today/")["Location"].startswith("/accounts/login/")
