"""Flags as those who have to look see them: whose they are, in which order, what is done, and what others don't see."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from koru.people.models import Alliance, Clinic, Person
from koru.privacy.looks import looks_at
from koru.safety.flags import Flag, FlagStep
from koru.safety.handling import acknowledge
from koru.safety.helping import ask_for_call
from koru.safety.noticing import notice
from tests.people import ally, make_admin, make_client, make_staff, make_therapist

from .world import signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
LIST = "/care/flags/"
LIST_QUERIES = 7


def raised(client: Person, **facts: float) -> Flag:
    (flag,) = notice(client, facts or {"phq-9.item.9": 1}, about=uuid4(), by=client)
    return flag


def path(flag: Flag, deed: str = "") -> str:
    return f"{LIST}{flag.pk}/{deed}"


def shown(person: Person, address: str = LIST) -> str:
    return signed_in(person).get(address).content.decode()


def overdue(flag: Flag) -> Flag:
    Flag.objects.filter(pk=flag.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    return flag


def test_nothing_open_is_said(pair: Pair) -> None:
    assert "Nothing is open." in shown(pair[1])


def test_the_most_pressing_stands_first_then_what_is_due_soonest(pair: Pair) -> None:
    client, therapist = pair
    other = make_client()
    ally(other, therapist)
    raised(client, **{"phq-9.change": 9})
    raised(client)
    raised(other, **{"phq-9.item.9": 3})
    page = shown(therapist)
    places = [page.index(words) for words in ("Urgent", "Prompt", "Routine")]
    assert places == sorted(places)


def test_the_page_says_what_was_answered_in_its_own_words(pair: Pair) -> None:
    client, therapist = pair
    page = shown(therapist, path(raised(client, **{"phq-9.item.9": 2})))
    assert "PHQ-9, item 9: 2, “More than half the days”" in page
    assert "I’ve seen this" in page


def test_both_answers_stand_there_when_one_was_changed(pair: Pair) -> None:
    client, therapist = pair
    form = uuid4()
    (flag,) = notice(client, {"phq-9.item.9": 2}, about=form, by=client)
    notice(client, {"phq-9.item.9": 0}, about=form, by=client)
    page = shown(therapist, path(flag))
    assert "item 9: 2" in page
    assert "item 9: 0, “Not at all”" in page


def test_seeing_it_is_kept_with_who_and_when_and_twice_is_once(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    for _ in range(2):
        signed_in(therapist).post(path(flag, "seen/"))
    flag.refresh_from_db()
    assert (flag.state, flag.acknowledged_by) == ("acknowledged", therapist)
    assert list(flag.steps.values_list("what", flat=True)).count("acknowledged") == 1


def test_what_was_done_is_kept_and_it_stays_open(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    signed_in(therapist).post(path(flag, "done/"), {"outcome": "tried", "note": "Demo: no answer, tried twice"})
    flag.refresh_from_db()
    step = FlagStep.objects.get(flag=flag, what="done")
    assert (flag.state, step.outcome, step.note, step.by) == ("acknowledged", "tried", "Demo: no answer, tried twice", therapist)


def test_closing_needs_what_was_done(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    answer = signed_in(therapist).post(path(flag, "done/"), {"note": "Demo words to keep", "then": "close"})
    assert answer.status_code == 422
    assert "Choose what was done." in answer.content.decode()
    assert "Demo words to keep" in answer.content.decode()
    flag.refresh_from_db()
    assert flag.is_open


def test_closed_it_leaves_the_list_and_the_page_says_how(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    signed_in(therapist).post(path(flag, "done/"), {"outcome": "reached", "note": "", "then": "close"})
    flag.refresh_from_db()
    assert (flag.state, flag.outcome, flag.closed_by) == ("closed", "reached", therapist)
    assert "Nothing is open." in shown(therapist)
    page = shown(therapist, path(flag))
    assert "reached them" in page
    assert 'name="outcome"' not in page


def test_closing_what_was_closed_meanwhile_changes_nothing(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    browser = signed_in(therapist)
    browser.post(path(flag, "done/"), {"outcome": "reached", "then": "close"})
    again = browser.post(path(flag, "done/"), {"outcome": "nothing", "then": "close"}, follow=True)
    assert "It was closed meanwhile." in again.content.decode()
    flag.refresh_from_db()
    assert flag.outcome == "reached"


@pytest.mark.parametrize("note", ["", "\x00", "🌿 שלום", "x" * 2001, "x" * 100_000])
def test_odd_notes_are_kept_or_refused_in_words(pair: Pair, note: str) -> None:
    client, therapist = pair
    flag = raised(client)
    answer = signed_in(therapist).post(path(flag, "done/"), {"outcome": "reached", "note": note})
    assert answer.status_code in {302, 422}
    assert (answer.status_code == 422) is (len(note) > 2000)


def test_a_call_that_was_asked_for_stands_at_the_top(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    ask_for_call(flag, "+1 212 555 0123", "after 2 pm", by=client)
    page = shown(therapist, path(flag))
    assert page.index("Please call today") < page.index("What was answered")
    assert 'href="tel:+12125550123"' in page
    assert "after 2 pm" in page


def test_opening_one_is_on_the_list_that_the_client_sees(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    shown(therapist, path(flag))
    signed_in(therapist).post(path(flag, "seen/"))
    assert [row.act for row in looks_at(client)] == ["flag seen", "flag"]
    shown(therapist)
    assert looks_at(client).count() == 2


@pytest.mark.parametrize("deed", ["", "seen/", "done/"])
def test_others_find_nothing(pair: Pair, deed: str) -> None:
    client, _ = pair
    flag = raised(client, **{"phq-9.item.9": 3})
    for somebody in (client, make_client(), make_therapist(), make_therapist(is_lead=True), make_staff(), make_admin()):
        browser = signed_in(somebody)
        answer = browser.post(path(flag, deed), {"outcome": "reached"}) if deed else browser.get(path(flag))
        assert answer.status_code == 404
    assert Flag.objects.get().state == "open"
    assert not looks_at(client).exists()


def test_a_clinical_lead_sees_what_nobody_looked_at_in_time_and_little_of_it_before_opening(pair: Pair) -> None:
    client, _ = pair
    lead = make_therapist(is_lead=True)
    flag = raised(client)
    assert "Nothing is open." in shown(lead)
    overdue(flag)
    page = shown(lead)
    assert "Waits for somebody to look" in page
    assert "PHQ-9" not in page
    opened = shown(lead, path(flag))
    assert "PHQ-9, item 9: 1" in opened
    assert f"/care/{client.pk}/" not in opened
    assert signed_in(lead).get(f"/care/{client.pk}/").status_code == 404
    assert looks_at(client).get().role == "lead"


def test_a_lead_who_has_seen_it_may_close_it(pair: Pair) -> None:
    client, _ = pair
    lead = make_therapist(is_lead=True)
    flag = overdue(raised(client))
    browser = signed_in(lead)
    browser.post(path(flag, "seen/"))
    assert browser.get(path(flag)).status_code == 200
    browser.post(path(flag, "done/"), {"outcome": "reached", "then": "close"})
    flag.refresh_from_db()
    assert flag.closed_by == lead
    assert browser.get(path(flag)).status_code == 404


def test_who_is_on_call_sees_urgent_ones_while_on_call(pair: Pair) -> None:
    client, _ = pair
    guard = make_therapist()
    Clinic.objects.update(on_call=guard)
    prompt, urgent = raised(client), raised(client, **{"asked.help": 1})
    browser = signed_in(guard)
    assert browser.get(path(urgent)).status_code == 200
    assert browser.get(path(prompt)).status_code == 404
    Clinic.objects.update(on_call=None)
    assert browser.get(path(urgent)).status_code == 404


def test_after_the_alliance_has_ended_there_is_nothing_to_open(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    acknowledge(flag.pk, by=make_therapist())
    Flag.objects.filter(pk=flag.pk).update(owner=make_therapist())
    browser = signed_in(therapist)
    assert browser.get(path(flag)).status_code == 200
    Alliance.objects.update(until=timezone.now())
    assert browser.get(path(flag)).status_code == 404


def test_it_stands_at_the_top_of_the_caseload_and_of_the_client(pair: Pair) -> None:
    client, therapist = pair
    flag = raised(client)
    for address in ("/care/", f"/care/{client.pk}/"):
        page = shown(therapist, address)
        assert path(flag) in page
        assert "Please look first" in page


@pytest.mark.parametrize("items", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(
    pair: Pair, items: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _, therapist = pair
    for _ in range(items):
        client = make_client()
        ally(client, therapist)
        raised(client)
    browser = signed_in(therapist)
    with django_assert_num_queries(LIST_QUERIES):
        assert browser.get(LIST).status_code == 200
