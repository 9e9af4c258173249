"""Every address for every role: what the matrix says, and nothing of anybody else's."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest

from koru.people.models import Clinic
from koru.practices.models import Resource
from koru.safety.models import HelpLine
from koru.sealing.tokens import new_token
from moodtracking.measures.models import Offering
from scheduling.models import ChecklistItem, CourseTemplate, Equipment, Room, Skill

from .asking import Answer, address, ask, routes
from .canaries import LEVELS, SIDES, canary
from .lines import CLIENT, NO, NOBODY
from .matrix import MATRIX
from .roles import CHANGED, KIND, may_ask, may_read, reaches
from .world import World

pytestmark = pytest.mark.django_db
PARAMETERS = dict(routes())
FIXED = {
    "kind": "privacy-notice", "section": "about", "slug": "first-steps", "practice": "three-breaths", "measure_slug": "phq-9",
    "number": "1", "way": "draw", "day": "2026-11-24", "name": "made-up", "uidb36": "1", "key": "set-password",
    "pk": "1", "position": "0", "content_type_id": "1", "app_label": "people", "url": "made-up",
}  # fmt: skip
READING = ("GET", "HEAD")
HEADLESS = {"admin/login/"}  # Django's own shows the form there to whoever is signed in


def owned(route: str) -> list[str]:
    """The parameters that name something of one side."""
    return [name for name in PARAMETERS[route] if name not in FIXED]


def values(route: str, things: dict[str, str]) -> dict[str, str]:
    """What stands in an address for one side's things."""
    given = {**FIXED, **things}
    if route.startswith("invitation/"):
        given["token"] = things["invited"]
    if "<path:object_id>" in route:
        given["object_id"] = _object(route, things)
    return given


def _object(route: str, things: dict[str, str]) -> str:
    model = route.split("/")[2]
    rows = {"clinic": Clinic, "helpline": HelpLine, "room": Room, "offering": Offering, "checklistitem": ChecklistItem}
    rows |= {"resource": Resource, "equipment": Equipment, "skill": Skill, "coursetemplate": CourseTemplate}
    if model in rows:
        return str(rows[model]._default_manager.values_list("pk", flat=True)[0])
    return {"person": things["client_id"], "letter": things["letter_id"]}.get(model, "integration")


def missing() -> dict[str, str]:
    """Ids and tokens that nobody ever got, well formed."""
    named = {name for names in PARAMETERS.values() for name in names if name.endswith("_id")} - {*FIXED, "object_id"}
    ids = {name: str(uuid4()) for name in (*named, "letter_id")}  # a letter is named by the admin's pages alone
    return {
        **ids,
        "token": new_token(),
        "invited": new_token(),
        "feed": new_token(),
        "pick_up": new_token(),
        "routine_note": new_token(),
        "short": new_token(),
        "signed": "made-up",
        "link": "made-up",
        "hello_link": "made-up",
        "code": "0123456789abcdef",
    }


def verbs(route: str) -> tuple[str, ...]:
    has_head = MATRIX[route].get != NO and route not in HEADLESS
    return (*READING, "POST") if has_head else ("GET", "POST")


def test_every_address_stands_in_the_matrix_and_no_other() -> None:
    assert set(PARAMETERS) == set(MATRIX)


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_each_role_meets_what_the_matrix_says(route: str, world: World, sessions: dict[str, str]) -> None:
    wrong = [words for role in KIND for words in faults(route, role, world, sessions[role])]
    assert wrong == []


def faults(route: str, role: str, world: World, session: str) -> Iterator[str]:
    path = address(route, values(route, world.things["A"]))
    reached = reaches(role, "A", route) or not owned(route) or KIND[role] not in MATRIX[route].opens or is_a_link(route)
    for verb in verbs(route):
        answer, theirs = ask(session, verb, path), reached and may_ask(role, verb, route)
        told = f"{role} {verb} {answer.status}"
        if answer.status not in MATRIX[route].status(verb, KIND[role], theirs):
            yield f"{told}: not what the matrix says"
        yield from (f"{told}: {words}" for words in improper(route, role, verb, answer, theirs))
        yield from (f"{told}: {words}" for words in words_of_others(route, role, answer))


def is_a_link(route: str) -> bool:
    """A token is its own right, whoever has it."""
    return bool(re.search(r"<str:(token|signed|link|feed|pick_up|routine_note|hello_link|short)>", route))


def improper(route: str, role: str, verb: str, answer: Answer, reached: bool) -> Iterator[str]:
    """What no answer may do, whatever its status."""
    line = MATRIX[route]
    may_act = KIND[role] in line.opens and reached
    signs_out = "logout/" in route  # nobody is signed in: nothing to ask them for
    if KIND[role] == NOBODY and not (may_act or signs_out) and answer.status == 302 and "/login/" not in answer.location:
        yield f"led to {answer.location}"
    if answer.written and (verb in READING or not may_act):
        yield f"wrote to {sorted(answer.written)}"
    if line.traced and may_act and answer.status != NO and not answer.looked:
        yield "left no trace"
    if answer.looked and (KIND[role] == CLIENT or not may_act):
        yield "left a trace"


def words_of_others(route: str, role: str, answer: Answer) -> Iterator[str]:
    for level in LEVELS:
        for side in SIDES:
            seen = canary(level, side) in answer.body + answer.headers + answer.location
            if seen and not may_read(role, level, side, route):
                yield f"shows {level} words of {side}"


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if owned(route) and not is_a_link(route)))
def test_anothers_id_is_as_one_that_never_was(route: str, world: World, sessions: dict[str, str]) -> None:
    never = address(route, values(route, missing()) | {"object_id": str(uuid4())})
    path = address(route, values(route, world.things["A"]))
    wrong = [
        f"{role} {verb}"
        for role in KIND
        if not reaches(role, "A", route)
        for verb in verbs(route)
        if told_apart(ask(sessions[role], verb, path), ask(sessions[role], verb, never))
    ]
    assert wrong == []


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if owned(route) and not route.startswith("admin/")))
def test_what_somebody_had_in_an_earlier_role_is_closed_to_them(route: str, world: World, sessions: dict[str, str]) -> None:
    if is_a_link(route) or "calendar.ics" in route:  # that they took part in a session stays true
        return
    path, never = (address(route, values(route, things)) for things in (world.things["C"], missing()))
    wrong = [
        f"{role} {verb}"
        for role in CHANGED
        for verb in verbs(route)
        if told_apart(ask(sessions[role], verb, path), ask(sessions[role], verb, never))
    ]
    assert wrong == []


def told_apart(one: Answer, other: Answer) -> bool:
    return one.said != other.said or one.written != other.written or one.looked != other.looked


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if is_a_link(route)))
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_made_up_link_opens_nothing(route: str, verb: str, world: World) -> None:
    answer = ask("", verb, address(route, values(route, missing())))
    assert answer.status in {404, NO} or (route.endswith("/again/") and answer.status == 302)
    assert not answer.written


TWOFOLD = sorted(route for route in MATRIX if len(owned(route)) > 1)


@pytest.mark.parametrize("route", TWOFOLD)
@pytest.mark.parametrize("role", ["therapist A", "desk"])
def test_ids_of_two_sides_in_one_address_open_nothing(route: str, role: str, world: World, sessions: dict[str, str]) -> None:
    others = owned(route)[1:]
    ours, theirs, never = values(route, world.things["A"]), values(route, world.things["B"]), missing()
    for verb in verbs(route):
        mixed = ask(sessions[role], verb, address(route, {**ours, **{name: theirs[name] for name in others}}))
        made_up = ask(sessions[role], verb, address(route, {**ours, **{name: never[name] for name in others}}))
        assert mixed.said == made_up.said
        assert mixed.written == made_up.written


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if "<uuid:" in route))
def test_an_id_that_is_none_is_nowhere(route: str, sessions: dict[str, str]) -> None:
    path = "/" + re.sub(r"<uuid:\w+>", "not-an-id", route).replace("<slug:kind>", "privacy-notice")
    assert {ask(session, verb, path).status for session in sessions.values() for verb in verbs(route)} == {404}


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if not route.startswith(("accounts/", "admin/"))))
def test_no_other_verb_does_anything(route: str, world: World, sessions: dict[str, str]) -> None:
    path = address(route, values(route, world.things["A"]))
    for role in ("anonymous", *(one for one in ("client A", "therapist A", "desk") if KIND[one] in MATRIX[route].opens)):
        for verb in ("PUT", "DELETE", "OPTIONS"):
            answer = ask(sessions[role], verb, path)
            assert answer.status in {302, 404, NO}, (role, verb)
            assert not answer.written, (role, verb)
