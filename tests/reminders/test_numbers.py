"""A number for texts: typed as people type it, said yes for, found out by a code, taken away and stopped at once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from koru.people.consents import has_consent
from koru.people.models import Consent, Person
from koru.reminders.choosing_ways import choose_ways, offered, ways_now
from koru.reminders.e164 import NoCountry, NotANumber, e164
from koru.reminders.models import Preferences
from koru.reminders.numbers import LASTS, TooOften, give_number, say_code, start_texts, stop_texts, take_number_away
from koru.reminders.planning import plan
from koru.reminders.text_numbers import A_DAY, TRIES, CodeAsked, TextNumber, reachable
from koru.reminders.text_providers import Kept
from koru.sealing.keyring import keyring
from tests.people import make_client, make_clinic, make_staff, make_therapist

from .letters import planned
from .phones import NUMBER, a_minute_later, code_for, with_number
from .test_ceilings import noon_in
from .test_ways import browser, waiting

pytestmark = pytest.mark.django_db
Sink = Callable[[], list[Kept]]
GIVE, CODE, AWAY = "/settings/notes/number/", "/settings/notes/number/code/", "/settings/notes/number/take-away/"


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client()


def codes(sink: Sink) -> list[str]:
    """Newest first."""
    return [found[0] for one in sink() if (found := re.search(r"\b\d{6}\b", one.words))]


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("+1 (212) 555-0142", "US", NUMBER),
        ("212 555 0142", "US", NUMBER),
        ("1-212-555-0142", "CA", NUMBER),
        ("+44 20 7946 0958", "US", "+442079460958"),
        (" +49\N{NO-BREAK SPACE}30.901820 ", "DE", "+4930901820"),
        ("+١ ٢١٢ ٥٥٥ ٠١٤٢", "US", NUMBER),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, region: str, number: str) -> None:
    assert e164(typed, region) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "+",
        "12345",
        "+1234567",
        "+1234567890123456",
        "+0123456789",
        "+1 212 CALL",
        "0301234567",
        "212 555 0142",
        "++4930901820",
    ],
)
def test_what_can_be_nobodys_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        e164(typed, "DE")


def test_a_number_without_its_country_says_so() -> None:
    with pytest.raises(NoCountry):
        e164("030 1234567", "DE")


@given(st.text("+0123456789 ()-./x", max_size=24), st.sampled_from(["US", "DE"]))
def test_a_number_is_a_plus_and_eight_to_fifteen_digits_and_reads_as_itself(typed: str, region: str) -> None:
    try:
        found = e164(typed, region)
    except NotANumber:
        return
    assert re.fullmatch(r"\+[1-9]\d{7,14}", found)
    assert e164(found, region) == found


def test_from_the_page_to_the_first_text(client: Person, sink: Sink) -> None:
    web = browser(client)
    answer = web.post(GIVE, {"number": "212 555 0142", "agreed": "on"}, follow=True)
    assert "If texts can reach this number, a code comes within a minute." in answer.text
    [text] = sink()
    assert (text.to, "up to 3 texts a week" in text.words) == (NUMBER, True)
    assert not reachable().exists()
    assert "Texts come to this number now." in web.post(CODE, {"code": codes(sink)[0]}, follow=True).text
    assert reachable().get().person == client
    assert ways_now(client)["session-tomorrow"] == ("mail", "text")


def test_the_yes_is_kept_with_words_number_and_date(client: Person) -> None:
    with_number(client)
    consent = Consent.objects.get(client=client, kind="sms")
    assert consent.words.endswith("Reply STOP to end them, HELP for help.")
    kept = TextNumber.objects.get(consent=consent)
    with keyring():
        assert (kept.number, kept.given_at.date()) == (NUMBER, consent.given_at.date())
    raw = bytes(TextNumber.objects.values_list("number", flat=True).get())
    assert NUMBER.encode() not in raw


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"number": "+1 212 555", "agreed": "on"}, "is a digit missing?"),
        ({"number": "030 123456", "agreed": "on"}, "The country is missing"),
        ({"number": NUMBER}, "Texts need your yes."),
        ({"agreed": "on"}, "Which number may texts go to?"),
        ({"number": "+1 212\n555 0142", "agreed": "on"}, "Please use one line."),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    client: Person, sink: Sink, sent: dict[str, str], says: str
) -> None:
    client.region = "DE"
    client.save(update_fields=["region"])
    answer = browser(client).post(GIVE, sent)
    assert answer.status_code == 422
    assert says in answer.text
    assert sent.get("number", "").split("\n")[0] in answer.text
    assert not sink()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("digits", ["000000", "", "12345", "abcdef", "１２３４５６７８"])
def test_a_wrong_code_turns_nothing_on_and_says_always_the_same(client: Person, sink: Sink, digits: str) -> None:
    web = browser(client)
    web.post(GIVE, {"number": NUMBER, "agreed": "on"})
    assert web.post(CODE, {"code": digits}).status_code == 422
    assert not reachable().exists()


def test_after_five_tries_even_the_right_code_is_none_until_another_is_sent(client: Person, sink: Sink) -> None:
    web = browser(client)
    web.post(GIVE, {"number": NUMBER, "agreed": "on"})
    right = codes(sink)[0]
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    said = {web.post(CODE, {"code": wrong}).text.count("That code doesn’t fit") for _ in range(TRIES)}
    assert web.post(CODE, {"code": right}).status_code == 422
    assert len(said) == 1
    web.post(f"{GIVE}again/")
    assert web.post(CODE, {"code": codes(sink)[0]}).status_code == 302
    assert Consent.objects.count() == 1


def test_the_database_counts_the_tries(client: Person) -> None:
    code_for(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextNumber.objects.update(tries=TRIES + 1)


def test_a_code_holds_for_ten_minutes(client: Person) -> None:
    code = code_for(client)
    assert timedelta(minutes=9) < TextNumber.objects.get().code_until - timezone.now() <= LASTS
    TextNumber.objects.update(code_until=timezone.now())
    assert not say_code(client, code.digits, by=client)


def test_what_lies_in_the_database_makes_no_code_without_the_servers_key(client: Person, settings: Settings) -> None:
    code = code_for(client)
    settings.SECRET_KEY = "another-key-than-the-one-it-was-made-with-" * 2
    assert not say_code(client, code.digits, by=client)


def test_five_codes_a_day_by_one_person_and_to_one_number(client: Person, sink: Sink) -> None:
    web = browser(client)
    for _ in range(A_DAY):
        web.post(GIVE, {"number": NUMBER, "agreed": "on"})
        a_minute_later()
    answer = web.post(GIVE, {"number": NUMBER, "agreed": "on"})
    assert answer.status_code == 429
    assert "Tomorrow you can have another." in answer.text
    other = browser(make_client()).post(GIVE, {"number": NUMBER, "agreed": "on"}, follow=True)
    assert "If texts can reach this number, a code comes within a minute." in other.text
    assert len(sink()) == A_DAY


def test_what_the_database_counts_no_race_gets_around(client: Person) -> None:
    code_for(client)
    row = CodeAsked.objects.get()
    for twice in ({"by_person": 1, "to_number": 2}, {"by_person": 2, "to_number": 1}, {"by_person": 6, "to_number": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CodeAsked.objects.create(person=client, number_hash=row.number_hash, on=row.on, **twice)


@pytest.mark.django_db(transaction=True)
def test_taps_at_once_give_one_number_and_send_one_code() -> None:
    make_clinic()
    client = make_client()

    def tap(_: int) -> bool:
        try:
            with keyring():
                return give_number(client, NUMBER, by=client) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(tap, range(4))) == [False, False, False, True]
    assert TextNumber.objects.count() == 1
    assert CodeAsked.objects.count() == 1


def test_another_number_has_to_say_its_own_code(client: Person) -> None:
    with_number(client)
    code_for(client, "+442079460958")
    assert not reachable().exists()
    assert TextNumber.objects.filter(ended_at=None).count() == 1
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_taking_it_away_acts_at_once_and_what_is_on_its_way_comes_by_mail(client: Person) -> None:
    with_number(client)
    plan([planned("session-tomorrow", client, due_at=noon_in(2)), planned("session-today", client, due_at=noon_in(3))])
    assert waiting(client) == {"session-tomorrow": ["mail", "text"], "session-today": ["text"]}
    browser(client).post(AWAY)
    assert waiting(client) == {"session-tomorrow": ["mail"], "session-today": ["mail"]}
    assert not has_consent(client, "sms")
    assert not take_number_away(client, by=client)


def test_stop_keeps_the_number_and_start_brings_texts_back(client: Person) -> None:
    with_number(client)
    assert stop_texts(client, by=client)
    assert not stop_texts(client, by=client)
    assert not has_consent(client, "sms")
    assert "Texts have stopped on" in browser(client).get("/settings/notes/").text
    assert start_texts(client, by=client)
    assert Consent.objects.filter(withdrawn_at=None).get().words.endswith("START, as a text message")
    assert reachable().exists()


def test_a_number_whose_code_was_never_said_is_not_started(client: Person) -> None:
    code_for(client)
    stop_texts(client, by=client)
    assert not start_texts(client, by=client)


def test_text_can_be_ticked_only_where_a_number_said_its_code(client: Person) -> None:
    assert not any("text" in ways for ways in offered(client).values())
    page = browser(client).get("/settings/notes/").text
    assert "News of appointments can come by text, too" in page
    with_number(client)
    can = {name for name, ways in offered(client).items() if "text" in ways}
    assert can == {"session-tomorrow", "session-today", "meeting-tomorrow", "appointment-changed"}
    assert "can come by text, too" not in browser(client).get("/settings/notes/").text
    choose_ways(client, {"meeting-tomorrow": ["text"]}, by=client)
    stop_texts(client, by=client)
    assert ways_now(client)["meeting-tomorrow"] == ("mail",)


def test_a_therapist_may_have_texts_and_the_desk_has_none_to_get(client: Person) -> None:
    therapist = with_number(make_therapist())
    assert {name for name, ways in offered(therapist).items() if "text" in ways} == {"appointment-changed"}
    assert Consent.objects.get().client == therapist
    assert "By text message" not in browser(make_staff()).get("/settings/notes/").text
    assert browser(make_staff()).post(GIVE, {"number": NUMBER, "agreed": "on"}).status_code == 404


def test_a_clinic_without_a_provider_asks_for_no_number(client: Person, settings: Settings) -> None:
    with_number(client)
    settings.KORU_TEXTS_URL = ""
    assert "By text message" not in browser(client).get("/settings/notes/").text
    assert ways_now(client)["session-tomorrow"] == ("mail",)
    assert browser(client).post(CODE, {"code": "1"}).status_code == 404


def test_asking_too_often_is_a_refusal_of_its_own(client: Person) -> None:
    for _ in range(A_DAY):
        code_for(client)
        a_minute_later()
    with pytest.raises(TooOften):
        give_number(client, NUMBER, by=client)
    assert Preferences.objects.count() == 0


def test_a_stranger_gives_no_number() -> None:
    assert Client().post(GIVE, {"number": NUMBER, "agreed": "on"})["Location"].startswith("/accounts/login/")
