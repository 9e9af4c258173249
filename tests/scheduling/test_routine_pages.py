"""The page of a routine: a tap a deed, without scripts too; nothing of it counts what is missing."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from journaling import walking
from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.keeping_routine import rest
from scheduling.marking_routine import mark
from scheduling.models import Routine
from scheduling.routine_content import load
from tests.architecture.floors import ROOT
from tests.people import make_client, make_clinic
from tests.reading_rules import texts_in

from .practice import queries
from .routine import begun, begun_before, days_of

Clock = Callable[[str], time_machine.Traveller]
COUNTS_AGAINST = re.compile(
    r"\b(?:streaks?|badges?|points|trophy|trophies|medals?|rewards?|level up|(?:days|weeks) in a row"
    r"|days? missed|missed days?|you missed"
    r"|keep it up|well done|great job|perfect week|out of 7|of 7)\b|\d ?%",
    re.IGNORECASE,
)
QUERIES = 8
pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan(clock: Clock) -> Person:
    clock("2026-11-24T17:00:00Z")  # a Tuesday, noon in New York
    make_clinic()
    return make_client()


@pytest.fixture
def web(rowan: Person, client: Client) -> Client:
    client.force_login(rowan)
    return client


def shown(web: Client, path: str = "/routine/") -> str:
    answer = web.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_at_first_there_is_an_invitation_and_why(web: Client) -> None:
    page = shown(web)
    assert load().words.why in page
    assert "Find one" in page


def test_an_example_fills_the_form_and_what_is_kept_is_ones_own(web: Client, rowan: Person) -> None:
    page = shown(web, "/routine/new/?from=kettle")
    assert 'value="the kettle is on"' in page
    said = {"cue": "If the kettle is on,", "action": "then I feel my toes.", "part": "morning", "key": str(uuid4())}
    for _ in range(2):  # sent twice
        assert web.post("/routine/new/", said)["Location"] == "/routine/"
    with keyring():
        (made,) = Routine.objects.filter(client=rowan)
        assert (made.cue, made.action, made.part) == ("the kettle is on", "I feel my toes", "morning")
    assert "A new week. Keep, change or rest?" in shown(web)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(web: Client) -> None:
    answer = web.post("/routine/new/", {"cue": "the kettle is on", "action": "", "part": "noon"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="the kettle is on"' in page
    assert "Write the small thing, such as: I feel my feet." in page


def test_a_long_one_is_kept_and_asked_whether_it_could_be_smaller(web: Client) -> None:
    web.post("/routine/new/", {"cue": "lunch is over", "action": "I walk for ten minutes"})
    assert load().words.smaller in shown(web)


def test_a_fourth_asks_which_one_may_rest(web: Client, rowan: Person) -> None:
    first, *_ = (begun(rowan, f"thing {number}") for number in range(3))
    said = {"cue": "tea", "action": "a fourth"}
    assert load().words.most in shown(web, "/routine/new/")
    answer = web.post("/routine/new/", said)
    assert answer.status_code == 422
    assert "Choose which one may rest." in answer.content.decode()
    assert web.post("/routine/new/", {**said, "instead": str(first.pk)}).status_code == 302
    assert Routine.objects.get(pk=first.pk).rests_since
    page = shown(web, f"/routine/{first.pk}/again/")
    assert load().words.most in page
    other = Routine.objects.filter(client=rowan, place__isnull=False).exclude(pk=first.pk)[0]
    assert web.post(f"/routine/{first.pk}/again/", {"instead": str(other.pk)})["Location"] == "/routine/"
    assert Routine.objects.get(pk=first.pk).is_active


def test_a_tap_marks_today_and_another_takes_it_back(web: Client, rowan: Person) -> None:
    routine = begun(rowan)
    path = f"/routine/{routine.pk}/mark/"
    assert web.post(path, {"how": "smallest"})["Location"] == f"/routine/#routine-{routine.pk}"
    assert days_of(routine) == {"2026-11-24": "smallest"}
    answer = web.post(path, {"how": ""}, headers={"HX-Request": "true"})
    assert f'id="routine-{routine.pk}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert days_of(routine) == {}


def test_rest_is_one_tap_and_taking_up_another(web: Client, rowan: Person) -> None:
    routine = begun(rowan)
    assert web.post(f"/routine/{routine.pk}/rest/")["Location"] == "/routine/"
    page = shown(web)
    assert "Resting" in page
    assert web.post(f"/routine/{routine.pk}/again/")["Location"] == "/routine/"
    assert Routine.objects.get(pk=routine.pk).is_active
    web.post(f"/routine/{routine.pk}/let-go/")
    assert "Those that were" in shown(web)


def test_smaller_begins_with_the_smallest_version(web: Client, rowan: Person) -> None:
    routine = begun(rowan, "I walk for ten minutes", smallest="I stand at the door")
    assert 'value="I stand at the door"' in shown(web, f"/routine/{routine.pk}/smaller/")
    web.post(f"/routine/{routine.pk}/smaller/", {"action": "I open the door"})
    with keyring():
        assert Routine.objects.get(pk=routine.pk).action == "I open the door"


def test_after_days_away_the_page_says_welcome_and_never_how_many(web: Client, rowan: Person) -> None:
    routine = begun_before(rowan, 5)
    assert load().words.back in shown(web)
    begun_before(rowan, 9)
    Routine.objects.filter(pk=routine.pk).update(since="2026-11-10T12:00:00Z")
    page = shown(web)
    assert load().words.fewer in page
    assert not COUNTS_AGAINST.search(re.sub(r"<[^>]*>", " ", page))
    assert web.post("/routine/back/")["Location"] == "/routine/"
    assert load().words.fewer not in shown(web)


def test_the_guide_to_one_small_step_opens_it(web: Client, rowan: Person) -> None:
    walk = walking.begin("one-small-step", by=rowan)
    assert 'href="/routine/new/">Make it a routine</a>' in shown(web, f"/journal/walks/{walk.pk}/4/")


@pytest.mark.parametrize("routines", [1, 12])
def test_it_asks_as_often_for_one_as_for_many(routines: int, web: Client, rowan: Person) -> None:
    for number in range(routines):
        made = begun(rowan, f"thing {number}")
        mark(made.pk, "done", by=rowan)
        if number < routines - 3:
            rest(made.pk, by=rowan)
    assert queries(web, "/routine/") == QUERIES


def files() -> list[Path]:
    rooms = ("templates", "koru", "scheduling", "journaling", "moodtracking")
    found = [file for room in rooms for kind in ("*.html", "*.txt", "*.toml") for file in (ROOT / room).rglob(kind)]
    return sorted(file for file in found if not {"fonts", "care", "desk"} & set(file.parts))


def test_no_template_and_no_content_counts_rewards_or_reproaches() -> None:
    """FEATURES.md 9: no points, no streaks, no badges, wherever a client reads."""
    assert len(files()) > 200
    said = {str(file): COUNTS_AGAINST.findall(words_of(file)) for file in files()}
    assert {file: found for file, found in said.items() if found} == {}


def words_of(file: Path) -> str:
    """What is read of it: no comments, tags or what stands in them."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        return "\n".join(texts_in(tomllib.loads(text)))
    without = re.sub(r"{%.*?%}|{#.*?#}|{{.*?}}", " ", text, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", without)


@pytest.mark.parametrize("said", ["A 5 day streak", "You missed two days", "80 % kept", "Three days in a row", "Well done"])
def test_what_would_count_is_noticed(said: str) -> None:
    assert COUNTS_AGAINST.search(said)
