"""What a therapist types on a client's pages is kept while they type: theirs alone, none over another, gone once put in."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from koru.care.models import Typed
from koru.care.typing_plan import LIFE
from koru.people.models import Alliance, Person
from koru.privacy.looks import looks_at
from koru.safety.plans import PlanDraft
from moodtracking.models import OwnItem
from tests.care.world import CANARY, signed_in
from tests.people import ally, make_therapist

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
WORDS = "How far was the hill?"


def own(pair: Pair, words: str = WORDS, key: str = "", revision: int = 0, browser: Client | None = None) -> Any:
    data = {"words": words, "scale": "count", "key": key or str(uuid4()), "revision": str(revision)}
    return (browser or signed_in(pair[1])).post(f"/care/{pair[0].pk}/plan/items/typed/", data)


def page(pair: Pair) -> str:
    return unescape(signed_in(pair[1]).get(f"/care/{pair[0].pk}/plan/").content.decode())


def test_typed_words_are_in_their_form_again_on_any_device_with_what_was_picked(pair: Pair) -> None:
    first = own(pair).json()
    again = own(pair, f"{WORDS} Or the sea?", first["key"], first["revision"]).json()
    assert again["revision"] == 2
    shown = page(pair)
    assert f'value="{WORDS} Or the sea?"' in shown
    assert re.search(r'value="count"[^>]*checked', shown)
    assert "Typed before and not put in yet" in shown
    assert f'name="revision" value="{again["revision"]}"' in shown


def test_a_question_to_write_about_is_kept_with_its_own_form(pair: Pair) -> None:
    path = f"/care/{pair[0].pk}/plan/write/typed/"
    data = {"question": "What would you tell the sea?", "prompt": "", "guide": "", "key": str(uuid4())}
    assert signed_in(pair[1]).post(path, data).status_code == 200
    assert "What would you tell the sea?</textarea>" in page(pair)
    assert WORDS not in page(pair)


def test_put_in_it_is_typed_no_more(pair: Pair) -> None:
    key = own(pair).json()["key"]
    data = {"words": WORDS, "scale": "count", "key": key, "revision": "1"}
    assert signed_in(pair[1]).post(f"/care/{pair[0].pk}/plan/items/", data).status_code == 302
    assert OwnItem.objects.get().words == WORDS
    assert not Typed.objects.exists()


def test_a_refused_form_keeps_its_words_on_the_page_and_as_typed(pair: Pair) -> None:
    key = own(pair, "x" * 400).json()["key"]
    data = {"words": "x" * 400, "scale": "count", "key": key, "revision": "1"}
    answer = signed_in(pair[1]).post(f"/care/{pair[0].pk}/plan/items/", data)
    assert answer.status_code == 422
    assert "x" * 400 in answer.content.decode()
    assert Typed.objects.get().given["words"] == "x" * 400


def test_a_tab_that_was_behind_is_kept_apart(pair: Pair) -> None:
    first = own(pair).json()
    own(pair, "One tab.", first["key"], 1)
    behind = own(pair, "The other tab.", first["key"], 1)
    assert behind.status_code == 409
    assert behind.json()["key"] != first["key"]
    assert {row.given["words"] for row in Typed.objects.all()} == {"One tab.", "The other tab."}


def test_emptied_it_is_gone(pair: Pair) -> None:
    key = own(pair).json()["key"]
    assert own(pair, "  ", key, 1).json()["revision"] == 0
    assert not Typed.objects.exists()


def test_what_nobody_touched_for_thirty_days_goes(pair: Pair) -> None:
    own(pair)
    Typed.objects.update(saved_at=timezone.now() - LIFE)
    own(pair, "Another.")
    assert Typed.objects.get().given["words"] == "Another."


def test_it_is_sealed_and_its_writers_alone(pair: Pair) -> None:
    own(pair, CANARY)
    row = Typed.objects.get()
    assert CANARY.encode() not in bytes(Typed.objects.values_list("fields", flat=True).get() or b"")
    other = make_therapist()
    ally(pair[0], other)
    assert CANARY not in page((pair[0], other))
    assert CANARY not in signed_in(pair[0]).get("/check-in/items/").content.decode()
    assert row.by == pair[1]


def test_typing_leaves_no_look_and_opens_to_nobody_else(pair: Pair) -> None:
    client, therapist = pair
    before = len(looks_at(client))
    own(pair)
    draft = f"/care/{client.pk}/safety-plan/draft/"
    assert signed_in(therapist).post(draft, {"signs-0-words": "Sleeps in clothes", "base": "0"}).status_code == 200
    assert len(looks_at(client)) == before
    for somebody in (client, make_therapist()):
        assert own(pair, browser=signed_in(somebody)).status_code == 404
        assert signed_in(somebody).post(draft, {}).status_code == 404
    assert own(pair, browser=Client()).status_code == 401
    Alliance.objects.update(until=timezone.now())
    assert own(pair).status_code == 404
    assert signed_in(therapist).post(draft, {}).status_code == 404


@pytest.mark.parametrize(("key", "revision"), [("x", "-1"), ("\x00", "1e9"), ("", "٣"), ("9" * 400, "9" * 400)])
def test_an_odd_key_or_revision_loses_nothing(pair: Pair, key: str, revision: str) -> None:
    data = {"words": WORDS, "key": key, "revision": revision}
    assert signed_in(pair[1]).post(f"/care/{pair[0].pk}/plan/items/typed/", data).status_code == 200
    assert Typed.objects.get().given["words"] == WORDS


def test_a_therapists_lines_of_the_safety_plan_are_kept_while_they_type(pair: Pair) -> None:
    client, therapist = pair
    key = str(uuid4())
    data = {"signs-0-words": "Sleeps in clothes", "base": "0", "key": key, "revision": "0"}
    told = signed_in(therapist).post(f"/care/{client.pk}/safety-plan/draft/", data).json()
    assert told["revision"] == 1
    shown = signed_in(therapist).get(f"/care/{client.pk}/safety-plan/write/").content.decode()
    assert 'value="Sleeps in clothes"' in shown
    assert "Typed before and not saved yet" in shown
    assert PlanDraft.objects.get().by == therapist
    assert "Sleeps in clothes" not in signed_in(client).get("/safety-plan/edit/").content.decode()
    saved = {**data, "revision": "1"}
    assert signed_in(therapist).post(f"/care/{client.pk}/safety-plan/write/", saved).status_code == 302
    assert not PlanDraft.objects.exists()
