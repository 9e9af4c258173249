"""The plan: what both agreed to ask, its minutes, and that nothing goes in above the most."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journaling.models import Assigned
from koru.care import courses
from koru.people.models import Person
from koru.privacy.looks import looks_at
from moodtracking.measures.models import Assignment
from moodtracking.models import OwnItem, PickedSymptom
from tests.care.world import CANARY, signed_in, write

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]


def path(client: Person, rest: str = "") -> str:
    return f"/care/{client.pk}/plan/{rest}"


def suggest(pair: Pair, words: str = "How near did the sea feel?", scale: str = "amount") -> OwnItem:
    client, therapist = pair
    data = {"words": words, "scale": scale, "key": str(uuid4())}
    assert signed_in(therapist).post(path(client, "items/"), data).status_code == 302
    return OwnItem.objects.latest("proposed_at")


def add(pair: Pair, measure: str, schedule: str, **more: str) -> Any:
    data = {"measure": measure, "schedule": schedule, "shows": "words", **more}
    return signed_in(pair[1]).post(path(pair[0], "measures/"), data)


def test_one_suggests_the_other_agrees_on_their_own_page(pair: Pair) -> None:
    client, therapist = pair
    item = suggest(pair)
    own = signed_in(client)
    page = own.get("/check-in/items/").content.decode()
    assert therapist.display_name in page
    assert item.words in page
    assert "suggests a question" in own.get("/check-in/").content.decode()
    assert own.post(f"/check-in/items/{item.pk}/agree/").status_code == 302
    assert item.item_key in own.get("/check-in/").content.decode()
    assert "Waits for" not in signed_in(therapist).get(path(client)).content.decode()


def test_the_therapist_agrees_to_what_the_client_suggests_and_leaves_a_trace(pair: Pair) -> None:
    client, therapist = pair
    assert signed_in(client).post("/check-in/items/", {"words": "Did I sing?", "scale": "yes_no"}).status_code == 302
    item = OwnItem.objects.get()
    assert signed_in(therapist).post(path(client, f"items/{item.pk}/agree/")).status_code == 302
    item.refresh_from_db()
    assert item.agreed_by == therapist
    assert ("plan changed", str(item.pk)) in {(row.act, row.about) for row in looks_at(client)}


@pytest.mark.parametrize("words", ["", "   ", "\x00", "x" * 100_000, "two\nlines"])
def test_an_odd_question_keeps_what_was_typed_and_says_why_beside_it(pair: Pair, words: str) -> None:
    client, therapist = pair
    for person, place in ((therapist, path(client, "items/")), (client, "/check-in/items/")):
        answer = signed_in(person).post(place, {"words": words, "scale": "count"})
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    assert not OwnItem.objects.exists()


def test_words_of_any_script_stay_as_they_are(pair: Pair) -> None:
    words = "Wie nah war das Meer? 🌿 ים"
    assert suggest(pair, words).words == words


def test_exactly_one_thing_to_write_about_is_chosen(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    for wrong in ({}, {"prompt": "b-three-words", "question": "And this?"}, {"guide": "no-such"}):
        assert browser.post(path(client, "write/"), wrong).status_code == 422
    assert not Assigned.objects.exists()
    for right in ({"prompt": "b-three-words"}, {"question": "What would you tell the sea?"}):
        assert browser.post(path(client, "write/"), right).status_code == 302
    assert {one.kind for one in Assigned.objects.all()} == {"prompt", "question"}


def test_a_set_of_measures_goes_in_as_a_whole_and_twice_is_as_once(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    for _ in range(2):
        assert browser.post(path(client, "measures/course/"), {"course": "dosing-course-trauma"}).status_code == 302
    rows = {row.measure: (row.schedule, row.form) for row in Assignment.objects.filter(client=client)}
    assert rows["pcl-5"] == ("monthly", "monthly")
    assert len(rows) == Assignment.objects.count() == 3
    assert "PCL-5" in signed_in(client).get("/check-in/items/").content.decode()


def test_a_template_brings_measures_guides_and_symptoms_and_leaves_what_is_there(pair: Pair) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    browser.post(path(client), {"symptom": "on-guard"})
    for key in ("trauma-in-focus", "trauma-in-focus"):
        assert browser.post(path(client, "measures/course/"), {"course": key}).status_code == 302
    assert sorted(PickedSymptom.objects.live().values_list("slug", flat=True)) == ["flashback-feelings", "on-guard"]
    assert list(Assignment.objects.values_list("measure", flat=True)) == ["pcl-5"]
    assert "PCL-5" in signed_in(client).get("/check-in/items/").content.decode()


@pytest.mark.parametrize("key", courses.load())
def test_every_template_fits_into_an_empty_plan_and_twice_is_as_once(pair: Pair, key: str) -> None:
    client, therapist = pair
    browser, template = signed_in(therapist), courses.load()[key]
    for _ in range(2):
        assert browser.post(path(client, "measures/course/"), {"course": key}).status_code == 302
    assert sorted(PickedSymptom.objects.live().values_list("slug", flat=True)) == sorted(template.symptoms)
    assert sorted(Assignment.objects.values_list("measure", flat=True)) == sorted(one.measure for one in template.measures)
    assert sorted(Assigned.objects.values_list("named", flat=True)) == sorted(template.guides)


def test_a_template_that_has_no_room_puts_nothing_in(pair: Pair) -> None:
    client, therapist = pair
    for place, slug in enumerate(("panic", "restless", "numb"), 1):
        PickedSymptom.objects.create(client=client, slug=slug, place=place, picked_by=therapist)
    answer = signed_in(therapist).post(path(client, "measures/course/"), {"course": "trauma-in-focus"})
    assert answer.status_code == 422
    assert not Assignment.objects.exists()
    assert PickedSymptom.objects.live().count() == 3


def test_above_the_most_it_refuses_with_the_reason_and_nothing_of_it_is_kept(pair: Pair) -> None:
    client, therapist = pair
    for slug in ("panic", "restless", "numb", "irritable"):
        signed_in(therapist).post(path(client), {"symptom": slug})
    add(pair, "pcl-5.weekly", "weekly")
    add(pair, "phq-9", "weekly")
    add(pair, "gad-7", "weekly")
    answer = signed_in(therapist).post(path(client, "write/"), {"guide": "first-steps"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "15 minutes is the most" in page
    assert not Assigned.objects.exists()


def test_a_measure_that_would_make_the_week_too_full_is_refused(pair: Pair) -> None:
    client, therapist = pair
    for slug in ("panic", "restless", "numb", "irritable"):
        signed_in(therapist).post(path(client), {"symptom": slug})
    add(pair, "pcl-5.monthly", "around-sessions")
    assert not Assignment.objects.filter(measure="pcl-5").exists()
    assert add(pair, "pcl-5.monthly", "monthly").status_code == 302


def test_a_client_lets_a_measure_rest_and_may_say_not_this_one(pair: Pair) -> None:
    client, therapist = pair
    add(pair, "gad-7", "monthly")
    signed_in(therapist).post(path(client, "write/"), {"prompt": "b-three-words"})
    own = signed_in(client)
    row, chosen = Assignment.objects.get(), Assigned.objects.get()
    assert own.post(f"/check-in/items/measures/{row.pk}/end/").status_code == 302
    assert own.post(f"/journal/chosen/{chosen.pk}/decline/", {"back": "items"})["Location"] == "/check-in/items/"
    row.refresh_from_db()
    assert row.ended_by == client
    assert Assigned.objects.get().declined_at
    assert "Nothing chosen" in signed_in(therapist).get(path(client)).content.decode()


def test_the_sum_is_that_of_the_table(pair: Pair) -> None:
    client, therapist = pair
    assert "8 minutes" in signed_in(therapist).get(path(client)).content.decode()  # check-ins 1.75 and two prompts of 3
    signed_in(therapist).post(path(client, "measures/course/"), {"course": "dosing-course"})
    assert "10 minutes" in signed_in(therapist).get(path(client)).content.decode()


def test_nothing_private_is_on_the_plan(pair: Pair) -> None:
    write(pair[0], share="only_me", text=CANARY)
    assert CANARY not in signed_in(pair[1]).get(path(pair[0])).content.decode()


def test_both_pages_ask_as_often_for_a_full_plan_as_for_one_of_each(pair: Pair) -> None:
    client, therapist = pair
    counts = []
    for items, symptoms, chosen in ((1, 1, 1), (4, 3, 2)):
        fill(pair, items, symptoms, chosen)
        for person, place in ((therapist, path(client)), (client, "/check-in/items/")):
            browser = signed_in(person)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(place).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def fill(pair: Pair, items: int, symptoms: int, chosen: int) -> None:
    for _ in range(items):
        suggest(pair, f"Demo question {uuid4()}?")
    for slug in ("panic", "restless", "numb", "irritable")[-symptoms:]:
        assert signed_in(pair[1]).post(path(pair[0]), {"symptom": slug}).status_code in {302, 422}
    for _ in range(chosen):
        data = {"question": f"Demo thing {uuid4()}?", "key": str(uuid4())}
        assert signed_in(pair[1]).post(path(pair[0], "write/"), data).status_code == 302
    add(pair, "gad-7", "monthly")


def test_every_course_names_what_is_there() -> None:
    assert set(courses.load()) >= {"dosing-course", "maintenance"}


@pytest.mark.parametrize("line", ["guides = ['nowhere']", "symptoms = ['made-up']", "guides = []"])
def test_a_template_that_names_nothing_says_which(tmp_path: Path, line: str) -> None:
    file = tmp_path / "courses.toml"
    file.write_text(f"[[course]]\nkey = 'demo'\ntitle = 'Demo'\nabout = ''\n{line}\n")
    with pytest.raises(courses.ContentError, match="demo"):
        courses.read(file)


@pytest.mark.parametrize("line", ["measure = 'phq-10'", "measure = 'phq-9', schedule = 'never'"])
def test_a_course_that_names_nothing_says_which(tmp_path: Path, line: str) -> None:
    file = tmp_path / "courses.toml"
    file.write_text(f"[[course]]\nkey = 'demo'\ntitle = 'Demo'\nabout = ''\nmeasures = [{{ {line} }}]\n")
    with pytest.raises(courses.ContentError, match="demo"):
        courses.read(file)
