"""Break-glass: who may, what it opens and for how long, who hears of it, and that the database holds the rest."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone
from psycopg2 import sql
from pytest_django.fixtures import Settings

from koru.care.emergency import open_in_emergency
from koru.people.breaking_glass import MOST_A_DAY, OPEN_FOR, BrokenGlass, CannotBreakGlass, break_glass
from koru.people.clinic import the_clinic
from koru.people.models import Alliance, Person
from koru.privacy.door import NoSuchRecord, open_record
from koru.privacy.looks import looks_at
from koru.privacy.standing import Part, Standing, clients_of
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from tests.crowd import together
from tests.people import ally, make_client, make_clinic, make_staff, make_therapist
from tests.people.test_signing_in import code_of

pytestmark = pytest.mark.django_db
PAGE, PASSWORD = "/care/emergency/", "seven quiet ferns"
REASON = "Found on the floor, not answering."
REFUSED = (ProgrammingError, InternalError, IntegrityError)


@pytest.fixture
def pair(db: None) -> Alliance:
    cache.clear()
    make_clinic()
    return ally(make_client(display_name="Demo Rowan"), make_therapist(display_name="Demo Own"))


@pytest.fixture
def other(pair: Alliance) -> Person:
    return make_therapist(display_name="Demo Other")


def reads(client: Person, by: Person) -> bool:
    try:
        with open_record(client.pk, by=by, why="timeline") as record:
            return record.standing is Standing.GLASS
    except NoSuchRecord:
        return False


def test_it_opens_one_record_to_read_for_four_hours(pair: Alliance, other: Person) -> None:
    another = ally(make_client(), make_therapist()).client
    glass = break_glass(pair.client, REASON, by=other)
    assert glass.closes_at - glass.opened_at == timedelta(hours=4)
    assert reads(pair.client, other)
    assert not reads(another, other)
    assert list(clients_of(other)) == [pair.client.pk]
    with open_record(pair.client, by=other, why="timeline") as record:
        assert not [part for part in (Part.NOTES, Part.CONNECTION) if record.opens(part)]
        assert not record.may_change
    with pytest.raises(NoSuchRecord), open_record(pair.client.pk, by=other, why="plan", to_change=True):
        pass


def test_after_four_hours_it_opens_nothing(pair: Alliance, other: Person) -> None:
    then = timezone.now() - OPEN_FOR
    BrokenGlass.objects.create(client=pair.client, opened_by=other, reason=REASON, opened_at=then, closes_at=then + OPEN_FOR)
    assert not reads(pair.client, other)
    assert not clients_of(other)


@pytest.mark.parametrize("reason", ["", "x" * 19, " " * 30, "x" * 401])
def test_it_takes_a_reason(pair: Alliance, other: Person, reason: str) -> None:
    with pytest.raises(CannotBreakGlass, match="20 to 400"):
        break_glass(pair.client, reason, by=other)


def test_it_is_for_therapists_who_do_not_read_the_record_already(pair: Alliance, other: Person) -> None:
    closed = make_therapist(is_active=False)
    for by in (pair.therapist, make_staff(), make_client(), closed):
        with pytest.raises(CannotBreakGlass):
            break_glass(pair.client, REASON, by=by)
    break_glass(pair.client, REASON, by=other)
    with pytest.raises(CannotBreakGlass, match="open to you already"):
        break_glass(pair.client, REASON, by=other)


def test_three_in_a_day_and_not_one_more(pair: Alliance, other: Person) -> None:
    clients = [make_client() for _ in range(MOST_A_DAY + 1)]
    for one in clients[:-1]:
        break_glass(one, REASON, by=other)
    with pytest.raises(CannotBreakGlass, match="3 records"):
        break_glass(clients[-1], REASON, by=other)
    break_glass(clients[-1], REASON, by=make_therapist())


@pytest.mark.django_db(transaction=True)
def test_nor_by_six_at_once(pair: Alliance, other: Person) -> None:
    clients = [make_client() for _ in range(6)]

    def opens(one: Person) -> bool:
        try:
            break_glass(one, REASON, by=other)
        except CannotBreakGlass:
            return False
        return True

    answers = together([partial(opens, one) for one in clients])
    assert sorted(map(str, answers)) == ["False"] * 3 + ["True"] * 3
    assert BrokenGlass.objects.count() == MOST_A_DAY


@pytest.mark.parametrize(
    "change",
    [
        "closes_at = closes_at + interval '1 hour'",
        "opened_at = opened_at - interval '1 day', closes_at = closes_at - interval '1 day'",
        "opened_by_id = client_id",
        "looked_at = now()",
        "looked_at = now(), looked_at_by_id = opened_by_id",
    ],
)
def test_the_database_lets_nothing_about_it_be_changed(pair: Alliance, other: Person, change: str) -> None:
    break_glass(pair.client, REASON, by=other)
    with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("UPDATE people_brokenglass SET {}").format(sql.SQL(change)))


def test_the_client_their_therapist_and_the_leads_hear_of_it_at_once(pair: Alliance, other: Person) -> None:
    lead, _ = make_therapist(is_lead=True), make_therapist()
    glass = open_in_emergency(pair.client, REASON, by=other)
    told = {(letter.kind, letter.to_id) for letter in Letter.objects.all()}
    colleagues = {("emergency-told", pair.therapist_id), ("emergency-told", lead.pk)}
    assert told == {("opened-in-emergency", pair.client_id), *colleagues}
    for letter in Letter.objects.filter(channel="mail").select_related("to"):
        mail = rendered(letter, the_clinic(), timezone.now())
        assert not {"emergency-told", "ketamine", "record", REASON} & set(mail.subject.lower().split())
        assert REASON not in mail.text
    assert [(row.role, row.act, row.about) for row in looks_at(pair.client)] == [("glass", "glass broken", str(glass.pk))]


def test_the_client_reads_who_it_was_and_why(client: Client, pair: Alliance, other: Person) -> None:
    open_in_emergency(pair.client, REASON, by=other)
    client.force_login(pair.client)
    page = client.get("/settings/who-looked/").content.decode()
    assert "Opened in an emergency" in page
    assert REASON in page
    assert "Demo Other" in page


def said(who: str = "Demo Rowan") -> dict[str, str]:
    return {"who": who, "reason": REASON}


def test_the_page_opens_by_the_whole_name_or_the_address_and_by_nothing_less(
    client: Client, pair: Alliance, other: Person
) -> None:
    make_client(display_name="Demo Twin")
    make_client(display_name="demo twin")
    client.force_login(other)
    for who, words in (("Demo", "exactly this name"), ("", ""), ("Demo Twin", "Several people"), ("Demo Own", "exactly")):
        answer = client.post(PAGE, said(who))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert REASON in answer.content.decode()
    opened = client.post(PAGE, said(pair.client.email.upper()))
    assert opened["Location"] == f"/care/{pair.client.pk}/"
    assert "Open to you in an emergency" in client.get(opened["Location"]).content.decode()


def test_who_tries_names_is_stopped(client: Client, pair: Alliance, other: Person) -> None:
    client.force_login(other)
    answers = [client.post(PAGE, said(f"Demo {number}")).content.decode() for number in range(21)]
    assert "many tries" in answers[-1]
    assert "many tries" in client.post(PAGE, said()).content.decode()
    assert not BrokenGlass.objects.exists()


def test_it_takes_a_second_factor_shown_just_now_and_keeps_the_words(
    client: Client, pair: Alliance, settings: Settings, clock: Callable[[str], Any]
) -> None:
    settings.KORU_SECOND_FACTOR = True
    clock("2026-11-24T12:00:00Z")
    other, secret = make_therapist(password=PASSWORD), generate_totp_secret()
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    TOTP.activate(other, secret)
    client.post("/accounts/login/", {"login": other.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    clock("2026-11-24T12:06:00Z")
    asked = client.post(PAGE, said())
    assert asked["Location"] == f"/accounts/2fa/reauthenticate/?next={PAGE.replace('/', '%2F')}"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.post(PAGE, said())["Location"].startswith("/accounts/2fa/reauthenticate/"), "a password is not enough"
    assert not BrokenGlass.objects.exists()
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret), "next": PAGE})
    waiting = client.get(PAGE)
    assert REASON in waiting.content.decode()
    fields = {**dict(waiting.context["fields"]), "parked": waiting.context["ticket"].id}
    assert client.post(PAGE, fields)["Location"] == f"/care/{pair.client.pk}/"


def test_a_lead_who_did_not_open_it_says_that_they_looked_once(client: Client, pair: Alliance) -> None:
    first, second = make_therapist(is_lead=True), make_therapist(is_lead=True)
    glass = open_in_emergency(pair.client, REASON, by=first)
    for by, status in ((pair.therapist, 404), (first, 404), (second, 302), (second, 302)):
        client.force_login(by)
        assert client.post(f"{PAGE}{glass.pk}/looked/").status_code == status
    kept = BrokenGlass.objects.get()
    assert kept.looked_at_by == second
    assert looks_at(pair.client)[0].act == "glass looked at"


def test_one_that_nobody_looked_at_for_three_days_stands_on_the_desks_page(client: Client, pair: Alliance, other: Person) -> None:
    client.force_login(make_staff())
    for hours, stands in ((71, False), (73, True)):
        BrokenGlass.objects.all().delete()
        then = timezone.now() - timedelta(hours=hours)
        BrokenGlass.objects.create(client=pair.client, opened_by=other, reason=REASON, opened_at=then, closes_at=then + OPEN_FOR)
        page = client.get("/desk/").content.decode()
        assert ("A clinical lead has to look at it" in page) == stands
        assert REASON not in page
    BrokenGlass.objects.update(looked_at=timezone.now(), looked_at_by=make_therapist(is_lead=True))
    assert "A clinical lead has to look at it" not in client.get("/desk/").content.decode()
