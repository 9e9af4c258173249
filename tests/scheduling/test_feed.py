"""The private calendar feed: one address, only one's own times, and gone at once when it is taken back."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import Http404
from django.test import Client

from koru.people.consents import has_consent, withdraw_consent
from koru.people.models import Person
from koru.sealing.keyring import keyring
from koru.sealing.tokens import new_token
from scheduling.booking import Asked
from scheduling.cancelling import cancel
from scheduling.feeding import feed_behind, make_feed, new_address, stop_feed
from scheduling.holding import hold
from scheduling.models import Appointment, CalendarFeed
from scheduling.moving import move
from tests.people import make_admin, make_client, make_clinic
from tests.reminders.test_kinds import CLINICAL

from .practice import Practice, at, kind_of, queries
from .reading_calendars import Read, agreed, is_well_formed
from .running_clock import sent
from .test_mailed_calendar import file_in, unfolded

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def address_of(person: Person) -> str:
    with keyring():
        return f"/calendar/{make_feed(person, by=person).token}.ics"


def read(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    return bytes(answer.content)


def events(path: str) -> dict[str, Read]:
    """By UID, as both readers find them."""
    file = read(path)
    assert is_well_formed(file)
    return {one.uid: one for one in agreed(file)}


def uid(appointment: Appointment) -> str:
    return f"{appointment.pk}@koru"


def test_it_names_its_events_as_the_mails_do_and_follows_what_changes(practice: Practice, clock: Clock) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    (mailed,) = agreed(file_in(sent(practice.client.email)[0])[0])
    path = address_of(practice.client)
    assert events(path) == {uid(made): mailed}
    move(made, at("2026-12-17 14:00"), by=practice.client)
    assert (events(path)[uid(made)].sequence, events(path)[uid(made)].starts) == (1, at("2026-12-17 14:00"))
    cancel(made, by=practice.client, reason="plans")
    assert (events(path)[uid(made)].sequence, events(path)[uid(made)].status) == (2, "CANCELLED")


def test_thirty_days_back_all_ahead_and_never_a_hold(practice: Practice, clock: Clock) -> None:
    shown = [practice.book(at(f"2026-{day} 10:00"), by=practice.staff) for day in ("12-01", "12-03")]
    far = practice.book(at("2027-11-01 10:00"), by=practice.staff)
    with keyring():
        hold(
            Asked(kind=kind_of("dosing"), therapist=practice.therapist, place="room", client=practice.client),
            at("2026-12-08 10:00"),
            by=practice.client,
        )
    path = address_of(practice.client)
    assert set(events(path)) == {uid(one) for one in (*shown, far)}
    Appointment.objects.filter(pk=shown[0].pk).update(state="met")
    Appointment.objects.filter(pk=shown[1].pk).update(state="missed")
    clock("2026-12-31T17:00:00Z")
    assert {name: one.status for name, one in events(path).items()} == {
        uid(shown[0]): "CONFIRMED", uid(shown[1]): "CONFIRMED", uid(far): "CONFIRMED",
    }  # fmt: skip
    clock("2026-12-31T17:30:01Z")
    assert set(events(path)) == {uid(shown[1]), uid(far)}


def test_what_was_cancelled_stays_thirty_days_saying_so(practice: Practice, clock: Clock) -> None:
    made = practice.book(at("2027-01-15 10:00"))
    cancel(made, by=practice.client, reason="plans")
    made.changes.update(at=at("2026-11-24 12:00"))
    path = address_of(practice.client)
    clock("2026-12-24T16:59:59Z")
    assert events(path)[uid(made)].status == "CANCELLED"
    clock("2026-12-24T17:00:01Z")
    assert events(path) == {}


def test_each_sees_only_their_own_and_a_therapists_names_nobody(practice: Practice) -> None:
    other = make_client(display_name="Demo Ash", neutral_phrase="Choir")
    Person.objects.filter(pk=practice.client.pk).update(neutral_phrase="Piano lesson")
    practice.client.refresh_from_db()
    own = practice.book(at("2026-12-16 10:00"))
    Appointment.objects.filter(pk=practice.book(at("2026-12-18 10:00")).pk).update(client=other)
    for person, titles in ((practice.client, {"Piano lesson"}), (other, {"Choir"}), (practice.therapist, {"Appointment"})):
        path = address_of(person)
        assert {one.title for one in events(path).values()} == titles
        said = unfolded(read(path))
        assert not [name for name in (practice.client, other, practice.therapist) if name.display_name in said]
    assert set(events(address_of(practice.client))) == {uid(own)}
    assert events(address_of(practice.staff)) == {}
    Appointment.objects.filter(pk=own.pk).update(second_person=practice.staff)
    assert set(events(address_of(practice.staff))) == {uid(own)}
    assert len(events(address_of(practice.therapist))) == 2


def test_no_property_says_what_it_is_for_and_a_calls_address_stays_behind_the_link(practice: Practice) -> None:
    practice.clinic.video_link = "https://video.example.org/therapy-room"
    practice.clinic.save()
    practice.room.name = "Fern room"
    practice.room.save()
    practice.book(at("2026-12-16 10:00"))
    practice.book(at("2026-12-18 10:00"), kind="integration")
    for person in (practice.client, practice.therapist):
        said = unfolded(read(address_of(person)))
        assert "By video\\n" in said
        assert "video.example.org" not in said
        assert not CLINICAL.search(said.replace("https://koru.example.org/sessions/", ""))


def test_gone_at_once_by_stopping_renewing_withdrawing_or_leaving(practice: Practice) -> None:
    client = practice.client
    first = address_of(client)
    second = renewed(client)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    withdraw_consent(client, "calendar-feed", by=practice.staff)
    assert Client().get(second).status_code == 404
    third = address_of(client)
    assert Client().get(second).status_code == 404
    Person.objects.filter(pk=client.pk).update(is_active=False)
    assert Client().get(third).status_code == 404
    Person.objects.filter(pk=client.pk).update(is_active=True)
    for _ in range(2):
        stop_feed(client, by=client)
        assert Client().get(third).status_code == 404
        assert not has_consent(client, "calendar-feed")


def renewed(person: Person) -> str:
    with keyring():
        feed = new_address(person, by=person)
    assert feed
    return f"/calendar/{feed.token}.ics"


def test_it_is_only_ones_own_to_make_and_only_for_who_has_appointments(practice: Practice) -> None:
    owl = make_admin()
    for person, by in (
        (practice.client, practice.therapist),
        (practice.client, practice.staff),
        (owl, owl),
    ):
        for act in (make_feed, new_address, stop_feed):
            with pytest.raises(Http404):
                act(person, by=by)
    assert not CalendarFeed.objects.exists()


def test_no_address_stands_in_the_database_or_the_log(practice: Practice, caplog: pytest.LogCaptureFixture) -> None:
    path = address_of(practice.client)
    token = path.split("/")[-1].removesuffix(".ics")
    assert len(token) >= 22
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(feed)::text, '') FROM scheduling_calendarfeed feed")
        assert token not in str(cursor.fetchone())
    with caplog.at_level(logging.DEBUG):
        read(path)
        Client().get(f"/calendar/{token}x.ics")
    assert token not in "".join(f"{one.getMessage()}{vars(one)}" for one in caplog.records if one.name.startswith("koru"))
    assert {vars(one)["koru"]["route"] for one in caplog.records if one.name == "koru.request"} == {"scheduling:feed"}


def test_nothing_new_is_304_and_any_change_is_not(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    path = address_of(practice.client)
    web = Client()
    first = web.get(path)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    again = web.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    head = web.head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    move(made, at("2026-12-17 14:00"), by=practice.client)
    changed = web.get(path, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_it_sets_no_cookie_and_no_one_keeps_a_copy(practice: Practice) -> None:
    for path in (address_of(practice.client), f"/calendar/{new_token()}.ics"):
        answer = Client().get(path)
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")


def test_a_full_calendar_asks_no_more_than_an_empty_one(practice: Practice) -> None:
    path = address_of(practice.therapist)
    empty = queries(Client(), path)
    for day in range(1, 10):
        practice.book(at(f"2026-12-{day:02} 10:00"), kind="integration", by=practice.staff)
        practice.book(at(f"2026-12-{day:02} 14:00"), kind="integration", by=practice.staff)
    assert queries(Client(), path) == empty <= 4


def test_reading_too_often_has_to_wait_and_so_has_guessing(practice: Practice) -> None:
    path = address_of(practice.client)
    known = [Client().get(path).status_code for _ in range(121)]
    assert set(known[:120]) == {200}
    assert known[120] == 429
    guessed = [Client().get(f"/calendar/{new_token()}.ics") for _ in range(61)]
    assert {one.status_code for one in guessed[:60]} == {404}
    assert (guessed[60].status_code, guessed[60]["Retry-After"]) == (429, "3600")


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_address() -> None:
    make_clinic()
    client = make_client()

    def tap(_: int) -> str:
        try:
            with keyring():
                return str(make_feed(client, by=client).token)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(tap, range(8)))
    assert len(tokens) == 1
    assert feed_behind(tokens.pop())


def test_the_page_makes_renews_and_stops_it_and_says_who_could_read_it(practice: Practice, client: Client) -> None:
    client.force_login(practice.client)
    page = client.get("/settings/calendar/").text
    assert "Whoever has the address" in page
    assert "Whoever sees your calendar sees these times." in page
    assert '/settings/calendar/"' in client.get("/settings/").text
    for step in ("make", "make", "renew"):
        assert client.post(f"/settings/calendar/{step}/").status_code == 302
    feed = CalendarFeed.objects.get()
    shown = client.get("/settings/calendar/").text
    assert f'value="https://koru.example.org/calendar/{feed.token}.ics"' in shown
    assert f'href="webcal://koru.example.org/calendar/{feed.token}.ics"' in shown
    for _ in range(2):
        assert client.post("/settings/calendar/stop/").status_code == 302
    assert "Make my address" in client.get("/settings/calendar/").text
    assert client.post("/settings/calendar/renew/").status_code == 302
    assert not CalendarFeed.objects.exists()


def test_within_a_day_of_a_session_the_page_says_from_when(practice: Practice, clock: Clock, client: Client) -> None:
    held = practice.book(at("2026-12-01 10:00"))
    client.force_login(practice.client)
    Appointment.objects.filter(pk=held.pk).update(state="met", started_at=held.starts, ended_at=held.ends)
    clock("2026-12-01T20:00:00Z")
    answer = client.post("/settings/calendar/make/")
    assert answer.status_code == 422
    assert "Wednesday 2 December, 12:30 pm" in answer.text
    assert not CalendarFeed.objects.exists()
