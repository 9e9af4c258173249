"""Unfinished words: never one version over another, found again on any device, gone once kept."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journaling import drafts, writing
from journaling.drafts import Unfinished
from journaling.models import Draft
from journaling.writing import Written
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def rowan() -> Person:
    return make_pair()[0]


def texts(person: Person) -> set[str]:
    return {draft.text for draft in Draft.objects.of(person)}


def test_a_page_goes_on_with_its_own_draft(rowan: Person) -> None:
    page = Unfinished(uuid4(), text="The ri")
    first = drafts.save(page, by=rowan).draft
    assert first is not None
    second = drafts.save(replace(page, revision=first.revision, text="The river"), by=rowan)
    assert (second.apart, second.draft and second.draft.revision) == (False, 2)
    assert texts(rowan) == {"The river"}


def test_a_page_that_is_behind_keeps_its_words_apart_and_is_told_the_others(rowan: Person) -> None:
    page = Unfinished(uuid4(), text="The")
    drafts.save(page, by=rowan)
    drafts.save(replace(page, revision=1, text="The river"), by=rowan)
    late = drafts.save(replace(page, revision=1, text="The hill"), by=rowan)
    assert late.apart
    assert late.other is not None
    assert late.draft is not None
    assert (late.other.text, late.draft.text) == ("The river", "The hill")
    assert late.draft.key != page.key
    assert texts(rowan) == {"The river", "The hill"}


def test_a_late_page_that_asks_twice_makes_one_copy(rowan: Person) -> None:
    page = Unfinished(uuid4(), text="The")
    drafts.save(page, by=rowan)
    drafts.save(replace(page, revision=1, text="The river"), by=rowan)
    for _ in range(2):
        drafts.save(replace(page, revision=1, text="The hill"), by=rowan)
    assert Draft.objects.count() == 2


def test_an_answer_that_got_lost_makes_no_second_version(rowan: Person) -> None:
    page = Unfinished(uuid4(), text="The ri")
    drafts.save(page, by=rowan)
    again = drafts.save(replace(page, text="The river"), by=rowan)
    assert not again.apart
    assert texts(rowan) == {"The river"}


def test_two_fresh_pages_keep_a_version_each_and_know_of_each_other(rowan: Person) -> None:
    drafts.save(Unfinished(uuid4(), text="On the phone"), by=rowan)
    saved = drafts.save(Unfinished(uuid4(), text="On the laptop"), by=rowan)
    assert saved.other is not None
    assert saved.other.text == "On the phone"
    assert [draft.text for draft in drafts.versions(rowan, None, "")] == ["On the laptop", "On the phone"]


def test_each_prompt_and_each_entry_has_drafts_of_its_own(rowan: Person) -> None:
    entry = writing.keep(Written("Kept."), key=uuid4(), by=rowan)
    drafts.save(Unfinished(uuid4(), text="free"), by=rowan)
    drafts.save(Unfinished(uuid4(), text="asked", prompt="b-three-words"), by=rowan)
    drafts.save(Unfinished(uuid4(), text="changing", about=entry.pk), by=rowan)
    found = [drafts.versions(rowan, about, prompt) for about, prompt in ((None, ""), (None, "b-three-words"), (entry.pk, ""))]
    assert [[draft.text for draft in one] for one in found] == [["free"], ["asked"], ["changing"]]


def test_a_save_that_comes_after_its_form_was_kept_brings_nothing_back(rowan: Person) -> None:
    key = uuid4()
    entry = writing.keep(Written("The river."), key=key, by=rowan)
    assert drafts.save(Unfinished(key, revision=3, text="The riv"), by=rowan).draft is None
    change = uuid4()
    writing.edit(entry, "", "The river and I.", key=change, by=rowan)
    assert drafts.save(Unfinished(change, revision=3, text="The river and", about=entry.pk), by=rowan).draft is None
    assert not Draft.objects.exists()


def test_words_written_on_after_going_back_to_a_kept_form_are_saved(rowan: Person) -> None:
    key = uuid4()
    writing.keep(Written("The river."), key=key, by=rowan)
    saved = drafts.save(Unfinished(key, text="The river. And then."), by=rowan).draft
    assert saved is not None
    assert saved.text == "The river. And then."


def test_an_empty_page_leaves_nothing(rowan: Person) -> None:
    assert drafts.save(Unfinished(uuid4(), text=" \n"), by=rowan).draft is None
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone(rowan: Person) -> None:
    page = Unfinished(uuid4(), text="Mine")
    mine = drafts.save(page, by=rowan).draft
    other, wren = make_pair()
    for person in (other, wren):
        drafts.save(replace(page, text="Theirs"), by=person)
        assert mine is not None
        assert not drafts.discard(mine.pk, by=person)
        assert texts(person) == {"Theirs"}
    assert texts(rowan) == {"Mine"}


def test_a_draft_is_sealed(rowan: Person) -> None:
    drafts.save(Unfinished(uuid4(), title="canary", text="canary"), by=rowan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(title || text, 'escape') FROM journaling_draft")
        assert "canary" not in str(cursor.fetchall())


def test_the_key_for_the_browser_is_the_same_on_every_device_and_differs_between_people(rowan: Person) -> None:
    assert drafts.draft_key(by=rowan) == drafts.draft_key(by=rowan)
    assert drafts.draft_key(by=rowan) != drafts.draft_key(by=make_pair()[0])


@given(some.lists(some.tuples(some.integers(0, 2), some.integers(0, 4), some.text("ab", max_size=6)), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_pages_do_the_last_words_of_each_are_kept(rowan: Person, deeds: list[tuple[int, int, str]]) -> None:
    """Pages on one draft save in any order, some behind: what a page sent last is in some draft, or a longer one is."""
    Draft.objects.all().delete()
    key = uuid4()
    known: dict[int, tuple[UUID, int]] = {}
    last: dict[int, str] = {}
    for page, lag, typed in deeds:
        text = f"page {page}: {typed}"
        own, revision = known.get(page, (key, 0))
        saved = drafts.save(Unfinished(own, max(0, revision - lag), text=text), by=rowan)
        if saved.draft:
            known[page] = (saved.draft.key, saved.draft.revision)
            last[page] = text
    for text in last.values():
        assert any(kept.startswith(text) for kept in texts(rowan))
