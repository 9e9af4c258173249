"""A client's pages of measures: one item a page, all at once, help first, the kind end, and odd input."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from koru.safety.flags import Flag
from moodtracking.measures.measuring import finish
from moodtracking.measures.models import Assignment, Response
from tests.bad_input.odd import VALUES
from tests.people import make_admin, make_staff

from .world import Pair, assigned, begun, filled, fresh, make_pair, signed_in, tell

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
PAGE = "/measures/phq-9/"


@pytest.fixture
def pair(clock: Clock) -> Pair:
    clock("2026-11-02T15:00:00Z")
    made = make_pair()
    assigned(made)
    return made


@pytest.fixture
def browser(pair: Pair) -> Client:
    return signed_in(pair[0])


def words(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_without_scripts_it_goes_item_by_item_to_a_kind_end(browser: Client) -> None:
    assert browser.post(f"{PAGE}begin/", {"way": "one", "key": str(uuid4())}).headers["Location"] == PAGE
    for number in range(1, 11):
        page = words(browser, f"{PAGE}?at={number}")
        assert f"{number} of 10" in page
        sent = {"skip": "1"} if number in (3, 9) else {f"item-{number}": "1"}
        answer = browser.post(f"{PAGE}?at={number}", sent)
        assert answer.headers["Location"] == f"{PAGE}?at={number + 1}"
    last = words(browser, f"{PAGE}?at=11")
    assert "Two questions are open" in last
    end = browser.post(f"{PAGE}?at=11", {"finish": "1"}, follow=True)
    assert "This is your starting point, nothing more." in end.content.decode()
    assert Response.objects.get().total == 9


def test_item_nine_opens_help_at_once_and_carry_on_leads_back_to_it(browser: Client) -> None:
    browser.post(f"{PAGE}begin/", {"way": "one"})
    answer = browser.post(f"{PAGE}?at=9", {"item-9": "1", "next": "1"})
    flag = Flag.objects.get()
    assert answer.headers["Location"].startswith(f"/help-first/{flag.pk}/") or str(flag.pk) in answer.headers["Location"]
    help_page = browser.get(answer.headers["Location"])
    assert "not alone" in help_page.content.decode()
    back = re.search(r'name="back" value="([^"]*)"', help_page.content.decode())
    assert back
    assert back[1] == f"{PAGE}?at=9"
    assert 'value="1" checked' in words(browser, back[1])


def test_with_scripts_the_tap_says_where_help_is(browser: Client) -> None:
    browser.post(f"{PAGE}begin/", {"way": "all"})
    row = Response.objects.get()
    told = browser.post(f"{PAGE}tap/", {"fill": str(row.pk), "item-9": "2"}).json()
    assert str(Flag.objects.get().pk) in told["help"]
    assert "item-9" in told["help"], "back to the same item of the long page"
    again = browser.post(f"{PAGE}tap/", {"fill": str(row.pk), "item-9": "2"}).json()
    assert again["help"] == ""
    assert Flag.objects.get().count == 1


def test_a_tap_overtaken_by_a_later_answer_changes_none_and_is_noticed_still(browser: Client) -> None:
    browser.post(f"{PAGE}begin/", {"way": "all"})
    row = Response.objects.get()
    late = {"fill": str(row.pk), "item-1": "3", "item-9": "2", "turn": "7-9 11"}
    browser.post(PAGE, {"fill": str(row.pk), "item-1": "1", "item-9": "0", "turn": "7-9 12"})
    browser.post(f"{PAGE}tap/", late)
    assert Response.objects.get().given == {"1": 1, "9": 0}
    assert Flag.objects.get().key == "phq9_item9"
    browser.post(f"{PAGE}tap/", {**late, "turn": "7-9 13"})
    assert Response.objects.get().given == {"1": 3, "9": 2}


def test_an_abandoned_form_has_told_about_item_nine(browser: Client, pair: Pair) -> None:
    browser.post(f"{PAGE}begin/", {"way": "one"})
    browser.post(f"{PAGE}?at=9", {"item-9": "3"})
    assert (Flag.objects.get().level, Response.objects.get().state) == (3, "open")


def test_all_on_one_page_keeps_every_answer_and_can_skip_each(browser: Client) -> None:
    browser.post(f"{PAGE}begin/", {"way": "all"})
    page = words(browser, PAGE)
    assert page.count("Skip this one") == 10
    sent = {f"item-{number}": "2" for number in range(1, 9)} | {"item-9": "skip", "finish": "1"}
    end = browser.post(PAGE, sent)
    row = Response.objects.get()
    assert (row.total, row.given.get("9"), end.headers["Location"]) == (18, None, f"/measures/kept/{row.pk}/")


def test_it_goes_on_where_it_was_left_on_another_device(browser: Client, pair: Pair) -> None:
    browser.post(f"{PAGE}begin/", {"way": "one"})
    for number in (1, 2):
        browser.post(f"{PAGE}?at={number}", {f"item-{number}": "3"})
    other = signed_in(pair[0])
    assert "Carry on" in words(other, "/measures/")
    assert "3 of 10" in words(other, PAGE)


def test_a_double_submit_and_the_back_button_are_one_record(browser: Client) -> None:
    key = str(uuid4())
    for _ in range(2):
        browser.post(f"{PAGE}begin/", {"way": "all", "key": key})
    row = Response.objects.get()
    sent = {"fill": str(row.pk), "finish": "1", **{f"item-{number}": "1" for number in range(1, 9)}}
    first, second = browser.post(PAGE, sent), browser.post(PAGE, {**sent, "item-1": "3"})
    assert first.headers["Location"] == second.headers["Location"] == f"/measures/kept/{row.pk}/"
    assert (Response.objects.count(), fresh(row.pk).given["1"]) == (1, 1)


def test_a_page_of_a_form_that_was_stopped_says_so(browser: Client, clock: Clock) -> None:
    browser.post(f"{PAGE}begin/", {"way": "all"})
    row = Response.objects.get()
    Response.objects.filter(pk=row.pk).update(state="stopped", closed_at=timezone.now())
    answer = browser.post(PAGE, {"fill": str(row.pk), "item-1": "1", "finish": "1"}, follow=True)
    assert "closed meanwhile" in answer.content.decode()


def test_nothing_answered_is_told_beside_what_can_be_done(browser: Client) -> None:
    browser.post(f"{PAGE}begin/", {"way": "all"})
    answer = browser.post(PAGE, {"finish": "1"})
    assert answer.status_code == 422
    assert "Nothing is answered yet" in answer.content.decode()


@pytest.mark.parametrize(
    "value", ["4", "-1", "٣", "1e9", "NaN", "1.0", *(raw.decode(errors="replace") for raw in VALUES.values())]
)
def test_odd_values_are_refused_in_words_and_keep_the_rest(browser: Client, value: str) -> None:
    browser.post(f"{PAGE}begin/", {"way": "all"})
    answer = browser.post(PAGE, {"item-1": "2", "item-2": value, "finish": "1"})
    if answer.status_code == 422:
        page = answer.content.decode()
        assert "Pick one of the values shown." in page
        assert re.search(r'name="item-1" value="2" checked', page)
    assert Response.objects.get().state == ("open" if answer.status_code == 422 else "completed")


@pytest.mark.parametrize("at", ["0", "-1", "99", "x", "²", "9" * 400, "\x00"])
def test_odd_places_lead_somewhere(browser: Client, at: str) -> None:
    browser.post(f"{PAGE}begin/", {"way": "one"})
    assert browser.get(PAGE, {"at": at}).status_code == 200
    assert browser.post(f"{PAGE}?at={at if at.isalnum() else ''}", {"item-1": "1"}).status_code == 302


@pytest.mark.parametrize("fill", ["x", "", "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a", "\x00"])
def test_a_fill_of_nobody_or_somebody_else_is_not_there(browser: Client, fill: str) -> None:
    assert browser.post(f"{PAGE}tap/", {"fill": fill, "item-1": "1"}).status_code == 404
    other = make_pair()
    assigned(other)
    theirs = begun(other[0])
    assert browser.post(f"{PAGE}tap/", {"fill": str(theirs.pk), "item-1": "1"}).status_code == 404
    assert browser.get(f"/measures/kept/{theirs.pk}/").status_code == 404


def test_an_unknown_measure_is_not_there_and_a_get_changes_nothing(browser: Client) -> None:
    assert browser.get("/measures/mmpi/").status_code == 404
    for path in ("/measures/", PAGE, f"{PAGE}?at=3"):
        browser.get(path)
    assert not Response.objects.exists()
    for path in (f"{PAGE}begin/", f"{PAGE}tap/"):
        assert browser.get(path).status_code == 405


def test_the_clinic_has_no_such_pages(pair: Pair) -> None:
    for person in (pair[1], make_staff(), make_admin()):
        for path in ("/measures/", PAGE):
            assert signed_in(person).get(path).status_code == 404


@pytest.mark.parametrize(
    ("shows", "seen", "unseen"), [("none", "Saved.", "9 of 27"), ("words", "9 of 27", "mild"), ("bands", "mild", "severe")]
)
def test_the_end_says_what_the_therapist_has_chosen(pair: Pair, browser: Client, shows: str, seen: str, unseen: str) -> None:
    Assignment.objects.update(shows=shows)
    row = filled(pair[0], [1] * 9)
    page = words(browser, f"/measures/kept/{row.pk}/")
    assert seen in page
    assert unseen not in page


def test_bands_are_nowhere_on_the_clients_own_pages(pair: Pair, browser: Client) -> None:
    row = filled(pair[0], [3] * 8)
    for path in ("/measures/", PAGE, f"/measures/kept/{row.pk}/", "/trends/"):
        assert not re.search(r"\bsevere|\bmoderate|\bminimal", words(browser, path)), path


def test_after_hard_questions_something_calm_is_offered(pair: Pair, browser: Client) -> None:
    assigned(pair, "pcl-5", "monthly")
    page = words(browser, "/measures/pcl-5/")
    assert "You don't have to name or describe the event" in page.replace("&#x27;", "'")
    row = filled(pair[0], [1] * 20, "pcl-5")
    assert "/practices/feet-on-floor/" in words(browser, f"/measures/kept/{row.pk}/")


def test_more_difficulties_are_met_with_an_offer_to_bring_it_along(pair: Pair, browser: Client, clock: Clock) -> None:
    filled(pair[0], [1, 1, 1, 0, 0, 0, 0, 0])
    clock("2026-11-16T15:00:00Z")
    row = filled(pair[0], [2, 2, 2, 2, 2, 2, 0, 0, 0])
    page = words(browser, f"/measures/kept/{row.pk}/")
    assert "More difficulties than on 2 November. Would you like to bring this along?" in page
    assert "Help now" in page
    for _ in range(2):
        browser.post(f"/measures/kept/{row.pk}/bring/")
    assert "Not after all" in words(browser, f"/measures/kept/{row.pk}/")
    brief = f"/care/{pair[0].pk}/brief/"
    for path in (brief, f"/care/{pair[0].pk}/?show=measures", f"/care/{pair[0].pk}/measures/{row.pk}/"):
        assert "Bring to session" in words(signed_in(pair[1]), path), path
    browser.post(f"/measures/kept/{row.pk}/bring/", {"leave": "1"})
    assert "Bring to session" not in words(signed_in(pair[1]), brief)


def test_a_correction_starts_from_what_was_said_but_for_item_nine(pair: Pair, browser: Client) -> None:
    row = filled(pair[0], [1] * 8)
    answer = browser.post(f"/measures/kept/{row.pk}/correct/")
    assert answer.headers["Location"] == PAGE
    page = words(browser, PAGE)
    assert page.count("checked>") == 8
    open_one = Response.objects.get(state="open")
    tell(open_one, {"1": 3})
    finish(open_one.pk, by=pair[0])
    assert "You corrected this one" in words(browser, f"/measures/kept/{row.pk}/")


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_as_often_for_one_as_for_many(
    pair: Pair, browser: Client, number: int, clock: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin = timezone.now()
    for turn in range(number):
        clock((begin + timedelta(days=14 * turn)).isoformat())
        filled(pair[0], [turn % 4] * 8)
    browser = signed_in(pair[0])
    browser.get("/measures/")
    with django_assert_num_queries(7):
        page = words(browser, "/measures/")
    assert page.count("/measures/kept/") == number
