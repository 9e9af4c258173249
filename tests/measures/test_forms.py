"""A measure with several forms: the therapist picks one, it is asked and stored as that, and two are never compared."""

import re
from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from koru.safety.flags import Flag
from moodtracking.measures.comparing import Result, Verdict, change, is_recovery
from moodtracking.measures.definitions import load
from moodtracking.measures.models import Assignment, Response

from .world import Pair, filled, make_pair, signed_in

Clock = Callable[[str], time_machine.Traveller]
FIRST, SECOND, THIRD = (f"2026-11-{day}T15:00:00Z" for day in ("02", "10", "17"))


@pytest.fixture
def pair(clock: Clock) -> Pair:
    clock(FIRST)
    return make_pair()


def words(pair: Pair, path: str, *, therapist: bool = False) -> str:
    answer = signed_in(pair[1 if therapist else 0]).get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def pick(pair: Pair, measure: str, schedule: str) -> int:
    sent = {"measure": measure, "schedule": schedule, "shows": "words"}
    return signed_in(pair[1]).post(f"/care/{pair[0].pk}/plan/measures/", sent).status_code


def brief(pair: Pair) -> str:
    return words(pair, f"/care/{pair[0].pk}/brief/", therapist=True)


@pytest.mark.django_db
def test_the_plan_offers_each_form_by_its_name_and_says_that_they_arent_compared(pair: Pair) -> None:
    page = words(pair, f"/care/{pair[0].pk}/plan/", therapist=True)
    assert '<option value="pcl-5.weekly">PCL-5, weekly form, after a very stressful experience</option>' in page
    assert '<option value="pcl-5.monthly">PCL-5, monthly form' in page
    assert '<option value="phq-9">PHQ-9, ' in page, "one form needs no name"
    assert "Results of two forms are never compared" in page


@pytest.mark.django_db
def test_the_weekly_form_is_picked_asked_stored_and_named_on_every_page(pair: Pair, clock: Clock) -> None:
    assert pick(pair, "pcl-5.weekly", "weekly") == 302
    assert (Assignment.objects.get().form, Assignment.objects.get().schedule) == ("weekly", "weekly")
    assert "PCL-5, weekly form" in words(pair, f"/care/{pair[0].pk}/plan/", therapist=True)
    clock("2026-11-09T15:00:00Z")
    for path in ("/check-in/items/", "/measures/", "/measures/pcl-5/"):
        assert "PCL-5, weekly form" in words(pair, path), path
    browser = signed_in(pair[0])
    for way in ("one", "all"):
        browser.post("/measures/pcl-5/begin/", {"way": way})
        page = unescape(browser.get("/measures/pcl-5/").content.decode())
        assert "In the past week, how much were you bothered by:" in page
        assert "past month" not in page
    row = filled(pair[0], [1] * 20, "pcl-5")
    assert row.form == "weekly"
    assert "PCL-5, weekly form" in words(pair, f"/measures/kept/{row.pk}/")
    assert "PCL-5, weekly form" in words(pair, f"/care/{pair[0].pk}/measures/{row.pk}/", therapist=True)
    assert "PCL-5 (weekly form) 20: the first one." in brief(pair)
    assert "PCL-5, weekly form" in words(pair, f"/care/{pair[0].pk}/?show=measures", therapist=True)


@pytest.mark.django_db
def test_after_another_form_no_change_is_shown_or_flagged_and_the_next_like_one_is_compared(pair: Pair, clock: Clock) -> None:
    pick(pair, "pcl-5.monthly", "once")
    filled(pair[0], [0] * 20, "pcl-5")
    assert "PCL-5 0: the first one." in brief(pair)
    pick(pair, "pcl-5.weekly", "weekly")
    assert Assignment.objects.live().get().form == "weekly", "one form is asked at a time"
    clock(SECOND)
    other = filled(pair[0], [2] * 20, "pcl-5")
    assert "This was a different form, so it isn't compared." in words(pair, f"/measures/kept/{other.pk}/")
    assert "PCL-5 (weekly form) 40: not comparable with 2 Nov." in brief(pair)
    page = words(pair, f"/care/{pair[0].pk}/measures/{other.pk}/", therapist=True)
    assert not re.search(r"\d+ (higher|lower) than|\d before</span>|Since the first one", page)
    assert not Flag.objects.filter(key="pcl5_worse").exists(), "forty more, of another form, is no worsening"
    clock(THIRD)
    alike = filled(pair[0], [1] * 20, "pcl-5")
    assert "Fewer difficulties than on 10 November." in words(pair, f"/measures/kept/{alike.pk}/")
    assert "PCL-5 (weekly form) 20, 20 lower than 10 Nov: more than noise (bound 15)." in brief(pair)


@pytest.mark.django_db
def test_each_form_has_a_line_of_its_own_where_the_client_looks_back(pair: Pair, clock: Clock) -> None:
    pick(pair, "pcl-5.monthly", "once")
    filled(pair[0], [1] * 20, "pcl-5")
    pick(pair, "pcl-5.weekly", "weekly")
    clock(SECOND)
    filled(pair[0], [2] * 20, "pcl-5")
    for page in (words(pair, "/measures/"), words(pair, "/trends/")):
        assert page.count("<h2>PCL-5, weekly form</h2>") == page.count("<h2>PCL-5, monthly form</h2>") == 1


@pytest.mark.django_db
def test_what_was_begun_in_one_form_is_finished_in_it_whatever_is_picked_meanwhile(pair: Pair) -> None:
    pick(pair, "pcl-5.monthly", "once")
    browser = signed_in(pair[0])
    browser.post("/measures/pcl-5/begin/", {"way": "all"})
    pick(pair, "pcl-5.weekly", "weekly")
    page = unescape(browser.get("/measures/pcl-5/").content.decode())
    assert "In the past month, how much were you bothered by:" in page
    sent = {f"item-{number}": "1" for number in range(1, 21)}
    browser.post("/measures/pcl-5/", {**sent, "finish": "1"})
    assert (Response.objects.get().form, Response.objects.get().total) == ("monthly", 20)


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["pcl-5", "pcl-5.yearly", "pcl-5.", ".weekly", "phq-9.weekly", "pcl-5.weekly.weekly", "\x00"])
def test_a_form_that_isnt_there_is_refused_beside_the_field(pair: Pair, odd: str) -> None:
    assert pick(pair, odd, "weekly") == 422
    assert not Assignment.objects.exists()


totals = st.none() | st.integers(0, 80)
forms = st.sampled_from(["monthly", "weekly"])


@given(totals, forms, totals, forms)
def test_a_change_is_told_between_like_forms_alone(before: int | None, old: str, now: int | None, new: str) -> None:
    earlier, later = Result(before, "pcl-5", 1, old, "en"), Result(now, "pcl-5", 1, new, "en")
    found = change(earlier, later, load()["pcl-5"])
    assert found.alike == (old == new)
    if old != new:
        assert (found.points, found.verdict) == (None, Verdict.NONE)
        assert not is_recovery(earlier, later, load()["pcl-5"])
