"""Quieter than usual is said to the client first, and to nobody else but by their own choice."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from journaling.models import Entry
from koru.care.caseload import caseload_of
from koru.moments.spans import Span
from koru.people.clinic import the_clinic
from koru.people.consents import end_alliance
from koru.people.models import Person
from koru.reminders.choices import opt_out, pause
from koru.reminders.models import Letter
from koru.reminders.planning import hush
from koru.reminders.quick_links import signed
from koru.reminders.rendering import rendered
from koru.safety.flags import Flag
from koru.safety.noticing import ask_for_help
from koru.safety.plans import SafetyPlan
from koru.safety.quiet_hellos import KIND, QuietChoice, QuietHello
from koru.safety.saying_hello import want_hellos, want_no_hellos
from koru.today.quieter import look_for_quiet
from moodtracking.models import CheckIn
from tests.care.world import check_in, make_pair, signed_in, write
from tests.people import ally, make_client, make_therapist

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Pair = tuple[Person, Person]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still until it is shifted. From now on, since alliances are read by the database's clock."""
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


@pytest.fixture
def pair(clock: time_machine.Traveller) -> Pair:
    return make_pair()


def silent(client: Person, tells: int | None = None, *, days: int = 9) -> Person:
    """They noted something every other day, said yes to a hello a month ago, and have been silent for so many days."""
    for number in range(10):
        check_in(client, timezone.now() - (days + 2 * number) * DAY)
    QuietChoice.objects.create(client=client, says_hello=True, tells_after=tells, chosen_at=timezone.now() - 30 * DAY)
    return client


def heard(client: Person) -> QuietHello:
    """They have got their hello just now."""
    look_for_quiet(timezone.now())
    sent = timezone.now()
    Letter.objects.filter(to=client, kind=KIND).update(handed_at=sent, sent_at=sent)
    return QuietHello.objects.get(client=client)


def is_marked(pair: Pair) -> bool:
    with caseload_of(pair[1]) as view:
        return any(row.quiet for row in view.everyone)


def page_behind(hello: QuietHello) -> str:
    return f"/hello/{signed(Letter.objects.get(about=hello.pk).pk)}/"


def test_a_hello_comes_once_a_quiet_spell_however_often_the_clock_looks(pair: Pair, clock: time_machine.Traveller) -> None:
    client = silent(pair[0])
    assert look_for_quiet(timezone.now()) == 1
    for _ in range(3):
        clock.shift(DAY)
        assert look_for_quiet(timezone.now()) == 0
    assert Letter.objects.filter(to=client, kind=KIND).count() == 1
    check_in(client)
    look_for_quiet(timezone.now())
    clock.shift(14 * DAY)
    assert look_for_quiet(timezone.now()) == 1
    assert QuietHello.objects.going_on().count() == 1


def test_the_letter_is_neutral_and_has_three_answers(pair: Pair) -> None:
    hello = heard(silent(pair[0]))
    letter = Letter.objects.select_related("to").get(about=hello.pk)
    written = rendered(letter, the_clinic(), timezone.now())
    assert written.subject == "Hello from Koru"
    for words in ("All right: http", "Call me: http", "Just busy: http", "?say=call", "?say=busy"):
        assert words in written.text


@pytest.mark.parametrize("why", ["no yes", "not quiet", "quiet day", "pause", "stopped", "urgent", "left"])
def test_no_hello_comes_where_none_may(pair: Pair, why: str) -> None:
    client = silent(pair[0], days=2 if why == "not quiet" else 9)
    if why == "no yes":
        want_no_hellos(client, by=client)
    elif why == "quiet day":
        hush(uuid4(), client, Span(timezone.now() - timedelta(hours=2), timezone.now() + timedelta(hours=9)))
    elif why == "pause":
        pause(client, timezone.now() + 3 * DAY, by=client)
    elif why == "stopped":
        opt_out(client, KIND, by=client)
    elif why == "urgent":
        ask_for_help(client, by=client)
    elif why == "left":
        Person.objects.filter(pk=client.pk).update(is_active=False)
    assert look_for_quiet(timezone.now()) == 0
    assert not Letter.objects.filter(kind=KIND).exists()


def test_private_words_and_practices_are_signs_too_and_who_never_wrote_hears_nothing(pair: Pair) -> None:
    client = silent(pair[0])
    write(client, share="only_me")
    Entry.objects.update(made_at=timezone.now() - DAY)
    never = make_client()
    QuietChoice.objects.create(client=never, says_hello=True, chosen_at=timezone.now() - 90 * DAY)
    assert look_for_quiet(timezone.now()) == 0


def test_a_yes_given_in_the_middle_of_a_silence_counts_from_then(pair: Pair, clock: time_machine.Traveller) -> None:
    client = silent(pair[0])
    want_hellos(client, by=client)
    assert look_for_quiet(timezone.now()) == 0
    clock.shift(8 * DAY)
    assert look_for_quiet(timezone.now()) == 1


@pytest.mark.parametrize("many", [1, 25])
def test_looking_asks_as_often_for_one_as_for_many(
    pair: Pair, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        silent(make_client())
    with django_assert_num_queries(18):
        assert look_for_quiet(timezone.now()) == many


def test_looking_at_the_link_changes_nothing_and_pressing_answers_once(pair: Pair) -> None:
    hello = heard(silent(pair[0]))
    path, stranger = page_behind(hello), Client()
    for say in ("", "?say=call", "?say=busy", "?say=%00"):
        page = stranger.get(path + say)
        assert page.status_code == 200
        assert pair[0].display_name not in page.content.decode()
    hello.refresh_from_db()
    assert hello.answered_at is None
    assert stranger.post(path, {"say": "busy"}).status_code == 302
    assert "Thank you" in stranger.post(path, {"say": "all_right", "told": "on"}).content.decode()
    hello.refresh_from_db()
    assert (hello.answer, hello.told_at) == ("busy", None)
    assert not Flag.objects.exists()


@pytest.mark.parametrize("link", ["made-up", "x" * 300, "0.0"])
def test_a_link_that_opens_nothing_says_so_kindly(pair: Pair, link: str) -> None:
    answer = Client().get(f"/hello/{link}/")
    assert answer.status_code == 404
    assert "This link rests now" in answer.content.decode()


def test_an_old_link_and_one_of_another_letter_rest(pair: Pair, clock: time_machine.Traveller) -> None:
    hello = heard(silent(pair[0]))
    path = page_behind(hello)
    Letter.objects.filter(about=hello.pk).update(kind="check-in")
    assert Client().get(path).status_code == 404
    Letter.objects.filter(about=hello.pk).update(kind=KIND)
    clock.shift(22 * DAY)
    assert Client().get(path).status_code == 404


def test_call_me_asks_the_way_it_is_asked_anywhere(pair: Pair) -> None:
    client = silent(pair[0])
    path, stranger = page_behind(heard(client)), Client()
    refused = stranger.post(path, {"say": "call", "number": ""})
    assert refused.status_code == 422
    assert "Which number could we call?" in refused.content.decode()
    odd = stranger.post(path, {"say": "call", "number": "call <me>"})
    assert odd.status_code == 422
    assert "call &lt;me&gt;" in odd.content.decode()
    assert stranger.post(path, {"say": "call", "number": "+1 212 555 0100"}).status_code == 302
    assert "Somebody will call you" in stranger.get(path).content.decode()
    flag = Flag.objects.get(client=client)
    assert (flag.key, flag.is_urgent, str(flag.call_words).splitlines()[0]) == ("needs_help", True, "+1 212 555 0100")


def test_the_number_that_is_known_is_used_and_never_shown(pair: Pair) -> None:
    client = silent(pair[0])
    client.phone = "+1 212 555 0177"
    client.save()
    path, stranger = page_behind(heard(client)), Client()
    assert "0177" not in stranger.get(path).content.decode()
    stranger.post(path, {"say": "call", "number": ""})
    assert str(Flag.objects.get(client=client).call_words).startswith("+1 212 555 0177")


@pytest.mark.parametrize(("tells", "after"), [(48, 48), (24, 24)])
def test_the_mark_needs_consent_and_that_many_hours_after_the_hello(
    pair: Pair, clock: time_machine.Traveller, tells: int, after: int
) -> None:
    heard(silent(pair[0], tells))
    clock.shift(timedelta(hours=after, minutes=-1))
    assert not is_marked(pair)
    clock.shift(timedelta(minutes=2))
    assert is_marked(pair)
    page = signed_in(pair[1]).get("/care/", {"show": "quiet"}).content.decode()
    assert "Quieter than usual. No answer to a hello yet" in page
    QuietChoice.objects.update(tells_after=None)
    assert not is_marked(pair)


def test_without_consent_there_is_no_mark_ever(pair: Pair, clock: time_machine.Traveller) -> None:
    heard(silent(pair[0]))
    clock.shift(40 * DAY)
    assert not is_marked(pair)


def test_a_hello_that_did_not_go_out_or_came_back_marks_nobody(pair: Pair, clock: time_machine.Traveller) -> None:
    silent(pair[0], 48)
    look_for_quiet(timezone.now())
    Letter.objects.update(withdrawn_at=timezone.now(), withdrawn_why="paused")
    clock.shift(9 * DAY)
    assert not is_marked(pair)
    then = timezone.now() - 8 * DAY
    Letter.objects.update(withdrawn_at=None, handed_at=then, sent_at=then, bounced_at=then + DAY)
    assert not is_marked(pair)


def test_an_answer_stays_with_them_unless_they_let_it_be_known(pair: Pair, clock: time_machine.Traveller) -> None:
    hello = heard(silent(pair[0], 48))
    signed_in(pair[0]).post("/hello/", {"say": "all_right"})
    clock.shift(9 * DAY)
    assert not is_marked(pair)
    QuietHello.objects.filter(pk=hello.pk).update(answer="", answered_at=None)
    signed_in(pair[0]).post("/hello/", {"say": "busy", "told": "on"})
    assert is_marked(pair)
    assert "Says: just busy" in signed_in(pair[1]).get("/care/").content.decode()
    other = make_therapist()
    ally(make_client(), other, since=timezone.now() - 20 * DAY)
    assert not is_marked((pair[0], other))


def test_an_alliance_that_ends_ends_the_mark(pair: Pair) -> None:
    heard(silent(pair[0]))
    signed_in(pair[0]).post("/hello/", {"say": "busy", "told": "on"})
    assert is_marked(pair)
    end_alliance(pair[0].alliances.get(), by=pair[1])
    assert not is_marked(pair)


def test_a_sign_ends_the_spell_the_mark_and_the_letter_on_its_way(pair: Pair, clock: time_machine.Traveller) -> None:
    client = silent(pair[0], 48)
    look_for_quiet(timezone.now())
    clock.shift(timedelta(minutes=30))
    check_in(client)
    look_for_quiet(timezone.now())
    assert Letter.objects.get(kind=KIND).withdrawn_why == "heard of"
    assert not QuietHello.objects.going_on().exists()


def test_today_says_it_quietly_until_a_sign_or_an_answer(pair: Pair, clock: time_machine.Traveller) -> None:
    client, line = silent(pair[0]), "You wished for a hello"
    browser = signed_in(client)
    assert line not in browser.get("/today/").content.decode()
    assert browser.get("/hello/").status_code == 302
    look_for_quiet(timezone.now())
    assert line in browser.get("/today/").content.decode()
    assert browser.get("/hello/").status_code == 200
    clock.shift(timedelta(minutes=5))
    row = check_in(client, timezone.now())
    assert line not in browser.get("/today/").content.decode()
    CheckIn.objects.filter(pk=row.pk).delete()
    browser.post("/hello/", {"say": "all_right"})
    assert line not in browser.get("/today/").content.decode()


def test_the_choice_is_made_in_settings_and_a_shorter_wait_needs_a_safety_plan(pair: Pair) -> None:
    client, browser = pair[0], signed_in(pair[0])

    def choose(**told: str) -> int:
        return browser.post("/settings/quieter/", told).status_code

    page = browser.get("/settings/").content.decode()
    assert "When it gets quiet" in page
    assert "as I have a safety plan" not in page
    assert choose(says_hello="on", tells_after="24") == 422
    assert choose(says_hello="on", tells_after="48") == 302
    assert QuietChoice.objects.get(client=client).tells_after == 48
    SafetyPlan.objects.create(client=client)
    assert choose(says_hello="on", tells_after="24") == 302
    assert QuietChoice.objects.get(client=client).tells_after == 24
    assert choose(says_hello="on", tells_after="") == 302
    assert QuietChoice.objects.get(client=client).tells_after is None
    assert choose(tells_after="48") == 302
    chosen = QuietChoice.objects.get(client=client)
    assert (chosen.says_hello, chosen.tells_after) == (False, None)
    assert choose(says_hello="on", tells_after="12") == 422
    assert "When it gets quiet" not in signed_in(pair[1]).get("/settings/").content.decode()
