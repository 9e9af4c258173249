"""Nobody and nothing reads what somebody writes: words raise no flag, whatever they say and whoever may read them."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journaling.writing import Written, keep
from koru.people.models import Person
from koru.safety.flags import Flag
from moodtracking.checking_in import check_in
from moodtracking.given import Given
from tests.people import ally, make_client, make_clinic, make_therapist

ROOT = Path(__file__).parents[2]
HARD = ("I want to die", "kill myself tonight", "no reason to live", "I will hurt myself", "suicide", "overdose", "goodbye all")
SHARES = ("only_me", "my_therapist", "bring_to_session")
ASKED_BY_HAND = "journaling/giving_views.py"


def make_writer() -> Person:
    make_clinic()
    client = make_client()
    ally(client, make_therapist())
    return client


class Words(TestCase):
    @given(st.lists(st.sampled_from(HARD) | st.text(max_size=40), min_size=1, max_size=6), st.sampled_from(SHARES))
    @settings(max_examples=25)
    def test_no_words_of_an_entry_or_a_note_raise_anything(self, parts: list[str], share: str) -> None:
        client, words = make_writer(), " ".join(parts).replace("\x00", "") + "."
        keep(Written(text=words, title=words[:80], prompt="", share=share), key=uuid4(), by=client)
        check_in(Given({"mood": 1}, note=words), key=uuid4(), by=client)
        assert not Flag.objects.exists()


@pytest.mark.django_db
def test_neither_does_the_page_and_no_help_is_pressed_on_them(client: Client) -> None:
    client.force_login(make_writer(), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/journal/new/", {"text": ". ".join(HARD), "share": "my_therapist", "key": str(uuid4())})
    assert answer.status_code == 302
    assert "help-first" not in answer["Location"]
    assert not Flag.objects.exists()


def test_the_journal_reaches_for_noticing_only_where_somebody_asks_by_hand() -> None:
    found = {}
    for file in sorted((ROOT / "journaling").rglob("*.py")):
        code = ast.parse(file.read_text())
        taken = (node for node in ast.walk(code) if isinstance(node, ast.ImportFrom) and node.module == "koru.safety.noticing")
        if names := [alias.name for node in taken for alias in node.names]:
            found[str(file.relative_to(ROOT))] = names
    assert found == {ASKED_BY_HAND: ["ask_to_look"]}
