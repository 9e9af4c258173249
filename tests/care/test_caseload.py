"""The caseload: who comes first and why, which groups there are, and the same few questions for however many."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from journaling.models import Entry
from koru.care.caseload import View, caseload_of
from koru.care.ranking import Show
from koru.people.consents import end_alliance
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.safety.helping import ask_for_call
from koru.safety.noticing import ask_for_help, notice
from tests.care.test_brief_blocks import filled
from tests.care.world import appointment, check_in, signed_in, write
from tests.people import ally, make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db
QUERIES = 8  # session, person, the clients and all about them, appointments, flags, the trace, and a savepoint's two ends
DAY = timedelta(days=1)


@pytest.fixture
def therapist() -> Person:
    make_clinic()
    return make_therapist()


def client_of(therapist: Person, name: str, *, met: int | None = 20) -> Person:
    """Somebody whose record was opened just now, and whom the therapist met so many days ago."""
    client = make_client(display_name=name)
    ally(client, therapist)
    if met is not None:
        appointment(client, therapist, timezone.now() - met * DAY, "met")
    look(client, therapist)
    return client


def look(client: Person, therapist: Person) -> None:
    with open_record(client, by=therapist, why="timeline"):
        pass


def seen(therapist: Person, show: Show = Show.ALL) -> View:
    with caseload_of(therapist, show) as view:
        return view


def names(therapist: Person, show: Show = Show.ALL) -> list[str]:
    return [row.client.display_name for row in seen(therapist, show).found]


def test_flags_come_first_then_who_comes_soonest_then_reliable_change_then_names(therapist: Person) -> None:
    now = timezone.now()
    zoe, ash, changed, later, soon, routine, urgent = (
        client_of(therapist, name) for name in ("Zoe", "Ash", "Changed", "Later", "Soon", "Routine", "Urgent")
    )
    filled((changed, therapist), "phq-9", 17, 20)
    filled((changed, therapist), "phq-9", 8, 2)
    appointment(later, therapist, now + 3 * DAY)
    appointment(soon, therapist, now + timedelta(hours=3))
    appointment(ash, therapist, now + 30 * DAY)
    notice(routine, {"asked.look": 1}, about=None, by=routine)
    ask_for_help(urgent, by=urgent)
    assert names(therapist) == ["Urgent", "Routine", "Soon", "Later", "Changed", "Ash", "Zoe"]
    assert zoe.display_name in names(therapist)


def test_each_group_holds_who_belongs_to_it(therapist: Person) -> None:
    now = timezone.now()
    quiet = client_of(therapist, "Nothing")
    fresh = client_of(therapist, "Fresh", met=None)
    coming = client_of(therapist, "Coming")
    calls = client_of(therapist, "Calls")
    changed = client_of(therapist, "Changed")
    appointment(coming, therapist, now + 2 * DAY)
    ask_for_call(ask_for_help(calls, by=calls), "+1 212 555 0101", "", by=calls)
    filled((changed, therapist), "gad-7", 15, 20)
    filled((changed, therapist), "gad-7", 5, 2)
    assert names(therapist, Show.WORD) == [calls.display_name]
    assert names(therapist, Show.WEEK) == [coming.display_name]
    assert names(therapist, Show.NEW) == [fresh.display_name]
    assert names(therapist, Show.CHANGED) == [changed.display_name]
    assert quiet.display_name in names(therapist)
    page = signed_in(therapist).get("/care/", {"show": "word"}).content.decode()
    assert "Asked for a call" in page


def test_a_change_within_noise_or_long_ago_is_none(therapist: Person) -> None:
    noise, old = client_of(therapist, "Noise"), client_of(therapist, "Old")
    filled((noise, therapist), "phq-9", 12, 20)
    filled((noise, therapist), "phq-9", 10, 2)
    filled((old, therapist), "phq-9", 20, 80)
    filled((old, therapist), "phq-9", 5, 40)
    assert names(therapist, Show.CHANGED) == []


def test_somebody_is_new_until_their_record_was_opened_and_they_have_met(therapist: Person) -> None:
    client = make_client(display_name="Handed over")
    ally(client, therapist)
    appointment(client, therapist, timezone.now() - DAY, "met")
    assert names(therapist, Show.NEW) == ["Handed over"]
    look(client, therapist)
    assert names(therapist, Show.NEW) == []


def test_what_is_new_counts_since_the_record_was_opened_and_private_words_never(therapist: Person) -> None:
    client = client_of(therapist, "Rowan")
    write(client, share="only_me")
    assert seen(therapist).news == []
    write(client)
    write(client, share="bring_to_session")
    check_in(client, timezone.now())
    (row,) = seen(therapist).news
    assert (row.news, row.entries.brought) == ("2 entries shared, 1 check-in", 1)
    look(client, therapist)
    assert seen(therapist).news == []


def test_sharing_taken_back_leaves_the_count_at_the_next_look(therapist: Person) -> None:
    client = client_of(therapist, "Rowan")
    entry = write(client)
    assert seen(therapist).news
    Entry.objects.filter(pk=entry.pk).update(share="only_me")
    assert seen(therapist).news == []


def test_two_alliances_at_once_are_one_person_and_an_ended_one_is_nobody(therapist: Person) -> None:
    client = make_client(display_name="Twice")
    now = timezone.now()
    ally(client, therapist, since=now - 9 * DAY, until=now + 9 * DAY)
    alliance = ally(client, therapist)
    write(client)
    (row,) = seen(therapist).everyone
    assert row.entries.new == 1
    end_alliance(alliance, by=therapist)
    assert names(therapist) == ["Twice"]
    client.alliances.filter(since=now - 9 * DAY).update(until=now - DAY)
    assert names(therapist) == []


def test_nobody_and_an_odd_group_are_answered_kindly(therapist: Person) -> None:
    browser = signed_in(therapist)
    assert "once the desk has put you together" in browser.get("/care/").content.decode()
    client_of(therapist, "Rowan")
    for show in ("everything", "", "%00", "new"):
        assert browser.get(f"/care/?show={show}").status_code == 200
    assert "Nobody just now" in browser.get("/care/?show=word").content.decode()


def test_a_name_is_shown_as_it_was_written(therapist: Person) -> None:
    client_of(therapist, "<b>Zoë & Søren</b>")
    assert "&lt;b&gt;Zoë &amp; Søren&lt;/b&gt;" in signed_in(therapist).get("/care/").content.decode()


@pytest.mark.parametrize("many", [1, 60, 200])
def test_sixty_clients_take_eight_questions_and_two_hundred_no_more(
    therapist: Person, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        client = make_client()
        ally(client, therapist)
        write(client)
        check_in(client)
        appointment(client, therapist, timezone.now() + timedelta(hours=2 * number + 1))
        if number % 20 == 0:
            notice(client, {"asked.look": 1}, about=None, by=client)
    browser = signed_in(therapist)
    with django_assert_num_queries(QUERIES):
        assert browser.get("/care/").status_code == 200
