"""Ids in forms and queries: another's is as one that never was. And rights end when they end, not at the next sign-in."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from journaling.models import Draft, Entry
from koru.people.models import Alliance, Person
from koru.privacy.door import open_record
from moodtracking.models import CheckIn
from scheduling.models import ConsultationRequest

from .asking import Answer, ask
from .canaries import LEVELS, SIDES, canary
from .roles import KIND
from .world import World

pytestmark = pytest.mark.django_db


def keys_of(client: str, model: type[Draft] | type[Entry] | type[CheckIn]) -> str:
    return str(model.objects.filter(client=client).values_list("key", flat=True)[0])


def named(world: World, side: str) -> dict[str, str]:
    """Ids and keys of one side that a form may try."""
    things = world.things[side]
    keys = {f"{model.__name__} key": keys_of(things["client_id"], model) for model in (Draft, Entry, CheckIn)}
    return {**things, **keys}


QUERIES = [
    ("client A", "/journal/?deleted={}", "deleted_entry_id"),
    ("client A", "/journal/?skipped={}", "skip_id"),
    ("client A", "/journal/new/?draft={}", "Draft key"),
    ("client A", "/check-in/?removed={}", "check_in_id"),
    ("client A", "/sessions/book/?with={}", "therapist_id"),
    ("therapist A", "/care/?client={}", "client_id"),
    ("therapist A", "/desk/hours/?of={}", "therapist_id"),
    ("therapist A", "/desk/book/?client={}", "client_id"),
    ("client A", "/desk/book/?request={}", "request_id"),
]


@pytest.mark.parametrize(("role", "path", "what"), QUERIES)
def test_an_id_in_a_query_opens_nothing_of_anothers(
    role: str, path: str, what: str, world: World, sessions: dict[str, str]
) -> None:
    theirs = ask(sessions[role], "GET", path.format(named(world, "B")[what]))
    never = ask(sessions[role], "GET", path.format(uuid4()))
    assert theirs.said[0] == never.said[0]
    assert len(theirs.body) == len(never.body)
    assert no_words_of_b(theirs)


@dataclass(frozen=True)
class Try:
    """A form sent with another's id in one field. `kept`: the same form does something with an id of one's own making."""

    role: str
    path: str
    field: str
    what: str
    rest: dict[str, str]
    kept: int


TRIES = [
    Try("client A", "/journal/draft/", "about", "entry_id", {"text": "Mine.", "key": ""}, 422),
    Try("client A", "/journal/draft/", "key", "Draft key", {"text": "Mine."}, 200),
    Try("client A", "/journal/new/", "key", "Entry key", {"text": "Mine.", "share": "only_me"}, 302),
    Try("client A", "/journal/new/", "key", "Draft key", {"text": "Mine.", "share": "only_me"}, 302),
    Try("client A", "/check-in/tap/", "key", "CheckIn key", {"mood": "1"}, 200),
    Try("client A", "/check-in/", "key", "CheckIn key", {"mood": "1"}, 302),
    Try("client A", "/sessions/book/", "with", "therapist_id", {"kind": "integration", "place": "video"}, 404),
    Try("therapist A", "/desk/book/", "client", "client_id", {}, 404),
]


@pytest.mark.parametrize("attempt", TRIES, ids=lambda attempt: f"{attempt.path}{attempt.field}")
def test_an_id_in_a_form_touches_nothing_of_anothers(attempt: Try, world: World, sessions: dict[str, str]) -> None:
    sent = {**attempt.rest, **({"key": str(uuid4())} if "key" in attempt.rest else {})}
    session, tried = sessions[attempt.role], named(world, "B")[attempt.what]
    before = rows_of(world, "B")
    theirs = ask(session, "POST", attempt.path, {**sent, attempt.field: tried}, lambda: rows_of(world, "B"))
    never = ask(session, "POST", attempt.path, {**sent, attempt.field: str(uuid4())})
    assert theirs.status == never.status == attempt.kept
    assert theirs.written == never.written
    assert theirs.found == before
    assert no_words_of_b(theirs)


def rows_of(world: World, side: str) -> list[object]:
    """All that a client has written, as it is kept."""
    client = world.things[side]["client_id"]
    return [
        (one.pk, *(value for name, value in sorted(vars(one).items()) if not name.startswith("_")))
        for model in (Entry, Draft, CheckIn)
        for one in model._default_manager.filter(client=client).order_by("pk")
    ]


def no_words_of_b(answer: Answer) -> bool:
    return not any(canary(level, "B") in answer.body + answer.headers for level in LEVELS)


@pytest.mark.parametrize("role", [role for role in KIND if role != "client A"])
def test_a_private_entry_is_there_for_its_writer_alone(role: str, world: World, sessions: dict[str, str]) -> None:
    things = world.things["A"]
    for path in ("/journal/{}/", f"/care/{things['client_id']}/entries/{{}}/"):
        private = ask(sessions[role], "GET", path.format(things["private_entry_id"]))
        assert private.said[0] in {302, 404}
        assert private.said == ask(sessions[role], "GET", path.format(uuid4())).said


@pytest.mark.parametrize("share", ["only_me", "deleted"])
def test_an_entry_taken_back_is_gone_at_the_next_request(share: str, world: World, sessions: dict[str, str]) -> None:
    things = world.things["A"]
    path = f"/care/{things['client_id']}/entries/{things['entry_id']}/"
    entry = Entry.objects.filter(pk=things["entry_id"])
    assert ask(sessions["therapist A"], "GET", path).status == 200
    entry.update(**({"share": share} if share == "only_me" else {"deleted_at": timezone.now()}))
    assert ask(sessions["therapist A"], "GET", path).status == 404
    for page in ("", "brief/", "charts/"):
        assert (
            canary("shared", "A") + " and more"
            not in ask(sessions["therapist A"], "GET", f"/care/{things['client_id']}/{page}").body
        )


CLOSED = ("", "brief/", "charts/", "plan/")


@pytest.mark.parametrize("end", ["alliance", "therapist", "client", "role"])
def test_a_record_closes_in_the_middle_of_a_session(end: str, world: World, sessions: dict[str, str]) -> None:
    things, therapist = world.things["A"], world.people["therapist A"]
    pages = [f"/care/{things['client_id']}/{page}" for page in CLOSED]
    assert {ask(sessions["therapist A"], "GET", page).status for page in pages} == {200}
    if end == "alliance":
        Alliance.objects.filter(pk=things["alliance_id"]).update(until=timezone.now() - timedelta(minutes=30))
    people = {"therapist": therapist.pk, "client": things["client_id"], "role": therapist.pk}
    if end in people:
        Person.objects.filter(pk=people[end]).update(**({"role": "client"} if end == "role" else {"is_active": False}))
    assert {ask(sessions["therapist A"], "GET", page).status for page in pages} == {302 if end == "therapist" else 404}


def test_whoever_has_an_account_moves_their_talk_there_and_not_by_the_link(world: World, sessions: dict[str, str]) -> None:
    things = world.things["A"]
    ConsultationRequest.objects.filter(pk=things["request_id"]).update(client=things["client_id"])
    for deed in ("move", "cancel"):
        for verb in ("GET", "POST"):
            answer = ask("", verb, f"/consultation/{things['token']}/{deed}/")
            assert answer.status == 404
            assert not answer.written


def test_no_sealed_word_is_in_an_address(world: World, sessions: dict[str, str]) -> None:
    for side in SIDES:
        assert not any(canary(level, side) in value for level in LEVELS for value in world.things[side].values())


def test_nobody_brings_back_what_another_deleted(world: World, sessions: dict[str, str]) -> None:
    path = f"/journal/{world.things['B']['deleted_entry_id']}/undo/"
    for role in ("client A", "client B"):
        answer = ask(sessions[role], "POST", path)
        assert (answer.status, "journaling_entry" in answer.written) == ((302, True) if role == "client B" else (404, False))


def test_who_looked_is_told_to_the_one_who_was_looked_at(world: World, sessions: dict[str, str]) -> None:
    therapist, client = world.people["therapist B"], world.things["B"]["client_id"]
    with open_record(UUID(client), by=therapist, why="brief"):
        pass
    for page in ("/settings/", "/settings/who-looked/"):
        told = {role: therapist.display_name in ask(sessions[role], "GET", page).body for role in ("client A", "client B")}
        assert told == {"client A": False, "client B": True}


@pytest.mark.parametrize("whose", ["once client", "deactivated", "therapist B"])
@pytest.mark.parametrize("role", ["desk", "therapist A"])
def test_who_is_no_client_now_has_no_record_to_open(whose: str, role: str, world: World, sessions: dict[str, str]) -> None:
    pages = {"desk": ("", "contact/", "clearance/", "consents/privacy-notice/"), "therapist A": CLOSED}[role]
    room = "desk/clients" if role == "desk" else "care"
    for page in pages:
        there, never = (ask(sessions[role], "GET", f"/{room}/{pk}/{page}") for pk in (world.people[whose].pk, uuid4()))
        assert (there.status, there.said, there.looked) == (404, never.said, False)
    booking = ask(sessions["desk"], "GET", f"/desk/book/?client={world.people[whose].pk}")
    assert booking.status == 404
