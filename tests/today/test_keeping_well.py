"""Keeping well: a client's own early signs, whom they tell first and their rough days, theirs alone unless they share them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from koru.care.finishing import end_it
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.looks import looks_at
from koru.reminders.models import Letter
from koru.safety import keeping_well
from koru.safety.flags import Flag
from koru.safety.keeping import MOST, KeepingLine, Kind, SignSeen, monday_of
from koru.sealing.keyring import keyring
from tests.care.world import make_pair, signed_in
from tests.crowd import together
from tests.days import this_day
from tests.people import make_client
from tests.people.goodbyes import opened, said
from tests.scheduling.practice import queries

Pair = tuple[Person, Person]
pytestmark = pytest.mark.django_db
PAGE, ROUGH = "/keeping-well/", "/keeping-well/rough-days/"
WORDS = "I stop answering my sister"


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def add(client: Person, words: str = WORDS, kind: Kind = Kind.SIGN) -> KeepingLine:
    with keyring():
        return keeping_well.add(kind, words, waits=None, key=uuid4(), by=client)


def page(person: Person, path: str = PAGE) -> str:
    return signed_in(person).get(path).content.decode()


def week() -> date:
    return monday_of(this_day())


def tick(client: Person, *seen: KeepingLine, shown: tuple[KeepingLine, ...] = (), **said: Any) -> Any:
    given = {"seen": [str(one.pk) for one in seen], "shown": [str(one.pk) for one in shown or seen], "week": str(week()), **said}
    return signed_in(client).post(PAGE, given)


def test_a_line_is_put_on_the_list_put_otherwise_and_let_go(pair: Pair) -> None:
    client, _ = pair
    web = signed_in(client)
    for kind, words in (("sign", WORDS), ("tell", "My sister, anyway"), ("step", "Walk to the river")):
        key = uuid4()
        for _ in range(2):
            answer = web.post(f"{PAGE}add/", {"kind": kind, "words": words, "key": key})
            assert answer["Location"] == f"{PAGE}#{kind}-h"
    assert KeepingLine.objects.count() == 3, "pressed twice it is one"
    line = KeepingLine.objects.get(kind="sign")
    other = "I leave the phone in a drawer"
    web.post(f"{PAGE}{line.pk}/", {"words": other, "key": uuid4()})
    shown = page(client)
    assert other in shown.partition("How it was before")[0]
    assert WORDS in shown.partition("How it was before")[2]
    web.post(f"{PAGE}{KeepingLine.objects.of(client).live().get(kind='tell').pk}/let-go/")
    assert "My sister, anyway" in page(client).partition("How it was before")[2]


def test_the_words_are_sealed(pair: Pair) -> None:
    add(pair[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM safety_keepingline")
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("words", "says"), [("", "A word or two"), ("   ", "A word or two"), ("x" * 201, "200"), ("a\nb", "one line")]
)
def test_what_cant_be_kept_is_said_beside_its_field(pair: Pair, words: str, says: str) -> None:
    client, _ = pair
    line = add(client)
    web = signed_in(client)
    for path in (f"{PAGE}add/", f"{PAGE}{line.pk}/"):
        answer = web.post(path, {"kind": "step", "words": words, "key": uuid4()})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert KeepingLine.objects.count() == 1


@pytest.mark.parametrize("kind", Kind)
def test_a_list_is_a_few_lines(pair: Pair, kind: Kind) -> None:
    client, _ = pair
    lines = [add(client, f"Line {number}", kind) for number in range(MOST[kind])]
    answer = signed_in(client).post(f"{PAGE}add/", {"kind": kind, "words": "One more", "key": uuid4()})
    assert answer.status_code == 422
    assert "One more" in answer.content.decode(), "what was typed is still there"
    keeping_well.let_go(lines[0].pk, by=client)
    assert add(client, "One more", kind).place > lines[-1].place


def test_a_tick_leads_to_ones_own_plan_and_tells_nobody(pair: Pair) -> None:
    client, _ = pair
    line, other = add(client), add(client, "I sleep in my clothes")
    add(client, "Walk to the river", Kind.STEP)
    assert tick(client, line, shown=(line, other))["Location"] == ROUGH
    rough = page(client, ROUGH)
    for words in ("Walk to the river", "/help-now/", "/safety-plan/", "I’d like to come sooner"):
        assert words in rough
    assert not Flag.objects.exists()
    assert not Letter.objects.exists()
    assert SignSeen.objects.get().line == line
    assert tick(client, shown=(line, other))["Location"] == PAGE, "the later word counts"
    assert not SignSeen.objects.exists()


def test_ticks_say_nothing_of_lines_that_were_not_shown_or_are_anothers(pair: Pair) -> None:
    client, _ = pair
    line, later = add(client), add(client, "Later")
    tick(client, later)
    tick(client, line)
    assert set(SignSeen.objects.values_list("line", flat=True)) == {line.pk, later.pk}
    stranger = make_client()
    theirs, step = add(stranger), add(client, "A step", Kind.STEP)
    tick(client, theirs, step, shown=(theirs, step))
    assert not SignSeen.objects.filter(line__in=[theirs, step]).exists()


@pytest.mark.parametrize(("weeks", "kept"), [(0, True), (-1, True), (-2, False), (1, False)])
def test_a_page_of_last_week_is_answered_for_its_week_and_an_older_one_anew(pair: Pair, weeks: int, kept: bool) -> None:
    client, _ = pair
    line = add(client)
    then = week() + timedelta(weeks=weeks)
    tick(client, line, week=str(then))
    assert SignSeen.objects.filter(week=then).exists() is kept


@pytest.mark.parametrize("odd", ["", "x", "2026-13-01", "9999-99-99", "\x00", "١"])
def test_odd_ticks_change_nothing(pair: Pair, odd: str) -> None:
    line = add(pair[0])
    assert tick(pair[0], line, week=odd).status_code == 302
    given = {"week": str(week()), "seen": [odd], "shown": [odd, str(line.pk)]}
    assert signed_in(pair[0]).post(PAGE, given).status_code == 302
    assert not SignSeen.objects.exists()


def test_the_therapist_reads_it_only_while_it_is_shared_and_the_client_sees_that(pair: Pair) -> None:
    client, therapist = pair
    line = add(client)
    tick(client, line)
    path = f"/care/{client.pk}/keeping-well/"
    assert WORDS not in page(therapist, path)
    web = signed_in(client)
    assert web.post(f"{PAGE}share/", {"to": "share", "from": "settings"})["Location"] == "/settings/"
    shown = page(therapist, path)
    assert WORDS in shown
    assert "Last ticked in the week of" in shown
    assert "early signs" in {row.act for row in looks_at(client)}
    with keyring():
        keeping_well.let_go(add(client, "Gone again").pk, by=client)
    assert "Gone again" not in page(therapist, path), "what was let go is nobody else's"
    web.post(f"{PAGE}share/", {"to": "keep"})
    assert WORDS not in page(therapist, path)


def test_another_clients_lines_are_out_of_reach(pair: Pair) -> None:
    line, web = add(pair[0]), signed_in(make_client())
    for path in (f"{PAGE}{line.pk}/", f"{PAGE}{line.pk}/let-go/"):
        assert web.post(path, {"words": "Mine now", "key": uuid4()}).status_code == 404
    with pytest.raises(Http404):
        keeping_well.reword(line.pk, "Mine now", waits=None, key=uuid4(), by=make_client())
    assert KeepingLine.objects.get().until is None


def test_who_has_finished_reads_and_writes_their_own(pair: Pair) -> None:
    client, therapist = pair
    line = add(client)
    keeping_well.share_list(waits=None, by=client)
    ending = said(opened(client, therapist))
    with keyring(), open_record(client, by=therapist, why="goodbye") as record:
        end_it(ending, record=record, by=therapist)
    assert signed_in(therapist).get(f"/care/{client.pk}/keeping-well/").status_code == 404
    assert "/keeping-well/" in page(client, "/goodbye/")
    web = signed_in(client)
    web.post(f"{PAGE}add/", {"kind": "step", "words": "Still mine", "key": uuid4()})
    assert tick(client, line)["Location"] == ROUGH
    rough = page(client, ROUGH)
    assert "Still mine" in rough
    assert "Choose a time to talk" in rough
    assert "come sooner" not in rough


def test_the_pages_ask_as_much_for_many_lines_as_for_one(pair: Pair) -> None:
    client, therapist = pair
    keeping_well.share_list(waits=None, by=client)
    paths = ((client, PAGE), (client, ROUGH), (therapist, f"/care/{client.pk}/keeping-well/"))
    for kind in Kind:
        add(client, "First", kind)
    few = [queries(signed_in(person), path) for person, path in paths]
    for kind in Kind:
        for number in range(MOST[kind] - 1):
            tick(client, add(client, f"Line {number}", kind))
    assert [queries(signed_in(person), path) for person, path in paths] == few
    assert max(few) <= 14


def test_the_database_holds_the_list_together(pair: Pair) -> None:
    client, now = pair[0], timezone.now()
    line = add(client)
    row = {"client": client, "words": "x", "made_at": now, "key": uuid4()}
    wrong: list[Callable[[], object]] = [
        partial(KeepingLine.objects.create, **row, kind="sign", place=line.place),
        partial(KeepingLine.objects.create, **row, kind="odd", place=9),
        partial(KeepingLine.objects.create, **{**row, "key": line.key}, kind="step", place=9),
    ]
    SignSeen.objects.create(line=line, client=client, week=week(), at=now)
    wrong.append(partial(SignSeen.objects.create, line=line, client=client, week=week(), at=now))
    for deed in wrong:
        with keyring(), pytest.raises(IntegrityError), transaction.atomic():
            deed()


@pytest.mark.django_db(transaction=True)
def test_pressed_at_once_it_is_one_line_and_never_one_too_many(pair: Pair) -> None:
    client, key = pair[0], uuid4()
    for number in range(MOST[Kind.TELL] - 1):
        add(client, f"Line {number}", Kind.TELL)

    def adding(key: UUID) -> object:
        with keyring():
            try:
                return keeping_well.add(Kind.TELL, "Last", waits=None, key=key, by=client)
            except keeping_well.EnoughLines:
                return None

    keys = [key, key, uuid4(), uuid4()]
    together([partial(adding, one) for one in keys])
    assert KeepingLine.objects.of(client).live().filter(kind=Kind.TELL).count() == MOST[Kind.TELL]


@given(some.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_a_week_begins_on_its_monday(day: date) -> None:
    assert monday_of(day).weekday() == 0
    assert timedelta() <= day - monday_of(day) < timedelta(days=7)


def test_nothing_of_it_stands_in_an_address(pair: Pair) -> None:
    add(pair[0])
    assert not re.search(r'href="[^"]*(sister|sign)[^"]*"', page(pair[0]))
