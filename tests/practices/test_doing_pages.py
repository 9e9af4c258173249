"""The pages of practices: noting by one tap, saying otherwise, setting aside, finding by minutes and moment."""

from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from koru.practices import library
from koru.practices.finding import MINUTES, MOMENTS, TIMES, Sought
from koru.practices.models import PracticeAside, PracticeChoices, PracticeDone
from tests.care.world import signed_in
from tests.people import make_client

from .world import Pair, did, known_of, picked

PRACTICES = library.load().practices
SHELF_QUERIES, PRACTICE_QUERIES = 5, 5


@pytest.fixture
def rowan(pair: Pair) -> Client:
    return signed_in(pair[0])


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_tap_notes_it_and_says_what_was_said(rowan: Client) -> None:
    key = str(uuid4())
    answer = rowan.post("/practices/hum/done/", {"helped": "a_bit", "key": key})
    row = PracticeDone.objects.get()
    assert answer["Location"] == f"/practices/done/{row.pk}/"
    assert rowan.post("/practices/hum/done/", {"helped": "a_bit", "key": key})["Location"] == answer["Location"]
    page = text(rowan, answer["Location"])
    assert "You said: A bit" in page
    assert "Your therapist can see" in page


def test_it_is_said_otherwise_by_one_tap_and_taken_out_by_another(pair: Pair, rowan: Client) -> None:
    row = did(pair[0], "hum", "yes")
    assert rowan.post(f"/practices/done/{row.pk}/", {"helped": "not_really"}).status_code == 302
    assert PracticeDone.objects.get().helped == "not_really"
    assert rowan.post(f"/practices/done/{row.pk}/remove/").status_code == 302
    assert rowan.post(f"/practices/done/{row.pk}/remove/").status_code == 404
    assert rowan.get(f"/practices/done/{row.pk}/").status_code == 404


def test_what_made_it_harder_is_met_with_thanks_and_help(pair: Pair, rowan: Client) -> None:
    page = text(rowan, f"/practices/done/{did(pair[0], 'hum', 'harder').pk}/")
    assert "It won’t be suggested again." in page
    assert 'href="/practices/five-things/"' in page
    assert 'class="btn second" href="/help-now/"' in page


@pytest.mark.parametrize("helped", ["very", "yes\x00", "<b>"])
def test_an_answer_that_is_none_of_the_four_is_met_with_words(rowan: Client, pair: Pair, helped: str) -> None:
    row = did(pair[0], "edges", "yes")
    for path in ("/practices/hum/done/", f"/practices/done/{row.pk}/"):
        answer = rowan.post(path, {"helped": helped})
        assert (answer.status_code, "Pick one of the answers shown." in answer.content.decode()) in ((422, True), (302, False))
    assert PracticeDone.objects.exclude(pk=row.pk).filter(helped="very").count() == 0


def test_nobody_elses_is_reached(pair: Pair) -> None:
    row, other = did(pair[0], "hum", "yes"), signed_in(make_client())
    assert other.get(f"/practices/done/{row.pk}/").status_code == 404
    assert other.post(f"/practices/done/{row.pk}/", {"helped": "harder"}).status_code == 404
    assert other.post(f"/practices/done/{row.pk}/remove/").status_code == 404
    assert PracticeDone.objects.get().helped == "yes"


def test_not_this_one_and_having_it_back(rowan: Client) -> None:
    assert rowan.post("/practices/hum/not-this-one/", {"back": "today"})["Location"] == "/today/"
    assert "Have it back" in text(rowan, "/practices/")
    assert "You set this one aside." in text(rowan, "/practices/hum/")
    assert rowan.post("/practices/hum/back/")["Location"] == "/practices/"
    assert not PracticeAside.objects.exists()
    for deed in ("done", "not-this-one", "back"):
        assert rowan.post(f"/practices/made-up/{deed}/").status_code == 404


def test_what_is_ticked_is_left_out_until_it_is_unticked(pair: Pair, rowan: Client) -> None:
    assert rowan.post("/practices/leave-out/", {"cautions": ["heart-rhythm"]}).status_code == 302
    assert known_of(pair[0]).cautions == {"heart-rhythm"}
    assert 'value="heart-rhythm" checked' in text(rowan, "/practices/")
    assert rowan.post("/practices/leave-out/", {"cautions": ["made-up"]}).status_code == 422
    assert rowan.post("/practices/leave-out/", {}).status_code == 302
    assert PracticeChoices.objects.get().cautions == []


def test_a_pick_shows_name_sentence_and_moment_and_is_called_recommended(pair: Pair, rowan: Client) -> None:
    picked(pair, "hum", "You hummed in the room.", "evening")
    page = text(rowan, "/practices/hum/")
    assert f"{pair[1].display_name} recommends this to you" in page
    assert "You hummed in the room." in page
    assert "In the evening" in page
    assert "recommend" not in text(rowan, "/practices/edges/")


def test_what_helped_stands_most_often_first(pair: Pair, rowan: Client) -> None:
    for practice, said in (("edges", "yes"), ("hum", "yes"), ("hum", "a_bit"), ("one-cup", "not_really")):
        did(pair[0], practice, said)
    page = text(rowan, "/practices/helped/").split("Done lately")[0]
    assert page.index("Hum") < page.index("Edges of the room")
    assert "Helped 2 times" in page
    assert "Helped once" in page
    assert "One cup" not in page


@given(st.sampled_from(list(MINUTES)), st.sampled_from(list(MOMENTS)))
def test_what_is_found_fits_and_what_names_the_moment_comes_first(minutes: str, moment: str) -> None:
    sought = Sought(minutes, moment)
    found = sought.among(PRACTICES.values())
    assert all(not minutes or one.minutes <= int(minutes) for one in found)
    named = [bool(moment) and not TIMES[moment].isdisjoint(one.times) for one in found]
    assert named == sorted(named, reverse=True)
    left = [one for one in PRACTICES.values() if one not in found]
    assert all((minutes and one.minutes > int(minutes)) or (moment and one.times) for one in left)


def test_the_library_is_found_in_by_minutes_and_moment_and_odd_ones_are_no_matter(rowan: Client) -> None:
    page = text(rowan, "/practices/?minutes=5&moment=morning")
    assert "/practices/light-first/" in page
    assert "/practices/slow-walk/" not in page
    assert "/practices/down-shift/" not in page
    assert page.index("/practices/light-first/") < page.index("/practices/edges/")
    odd = text(rowan, "/practices/?minutes=-1&moment=%00")
    assert all(f"/practices/{slug}/" in odd for slug in PRACTICES)


@pytest.mark.parametrize("times", [1, 20])
def test_the_pages_ask_as_often_for_one_as_for_twenty(
    pair: Pair, rowan: Client, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in list(PRACTICES)[:times]:
        did(pair[0], slug, "yes")
    with django_assert_num_queries(SHELF_QUERIES):
        rowan.get("/practices/")
    with django_assert_num_queries(PRACTICE_QUERIES):
        rowan.get("/practices/hum/")
    with django_assert_num_queries(SHELF_QUERIES):
        rowan.get("/practices/helped/")
