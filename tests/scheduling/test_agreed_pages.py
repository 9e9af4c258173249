"""The pages of what was agreed: the client's, the therapist's, and the block beside a session."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.privacy.looks import looks_at
from scheduling.agreed import MOST
from scheduling.models import AgreedLine
from tests.care.world import appointment, make_pair, signed_in
from tests.people import make_client
from tests.scheduling.agreed import agreed, story
from tests.scheduling.practice import queries

Pair = tuple[Person, Person]
OWN = "/sessions/agreed/"
QUERIES = 7
pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def shown(browser: Client, path: str = OWN) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_see_the_same_list_and_who_did_what(pair: Pair) -> None:
    client, therapist = pair
    line = agreed(client, therapist, "Walk after lunch")
    hers, mine = signed_in(therapist), signed_in(client)
    mine.post(f"{OWN}{line.pk}/", {"to": "done"})
    for browser, path in ((hers, f"/care/{client.pk}/agreed/"), (mine, OWN)):
        page = shown(browser, path)
        assert "Walk after lunch" in page
        assert "Ticked off" in page
    assert story(line)[-1] == ("done", client.pk)


def test_a_line_is_written_by_either_and_a_look_is_told(pair: Pair) -> None:
    client, therapist = pair
    path = f"/care/{client.pk}/agreed/"
    assert signed_in(therapist).post(path, {"words": "Hers"}).status_code == 302
    assert signed_in(client).post(OWN, {"words": "Theirs"}).status_code == 302
    assert [line.words for line in AgreedLine.objects.filter(client=client)] == ["Hers", "Theirs"]
    assert [row.act for row in looks_at(client)] == ["agreed changed", "agreed"]


@pytest.mark.parametrize("words", ["", "   ", "x" * 201, "two\nlines"])
def test_what_cannot_be_kept_is_met_with_words_and_stays_in_the_field(pair: Pair, words: str) -> None:
    answer = signed_in(pair[0]).post(OWN, {"words": words})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert words.strip().replace("\n", "") in page.replace("\n", "")
    assert not AgreedLine.objects.exists()


def test_a_thirteenth_is_refused_beside_the_field_with_what_was_typed(pair: Pair) -> None:
    for number in range(MOST):
        agreed(*pair, f"Line {number}")
    answer = signed_in(pair[0]).post(OWN, {"words": "One more"})
    assert answer.status_code == 422
    assert "Twelve are open already" in answer.content.decode()
    assert 'value="One more"' in answer.content.decode()


def test_it_stands_beside_a_session_and_a_tick_comes_back_there(pair: Pair) -> None:
    client, therapist = pair
    line = agreed(client, therapist, "Walk after lunch")
    session = appointment(client, therapist, timezone.now() + timedelta(days=2))
    browser = signed_in(client)
    assert "Walk after lunch" in shown(browser, f"/sessions/{session.pk}/")
    answer = browser.post(f"{OWN}{line.pk}/", {"to": "done", "from": str(session.pk)})
    assert answer["Location"] == f"/sessions/{session.pk}/#agreed"


@pytest.mark.parametrize("odd", ["", "waits", "added", "\x00", "x" * 9999])
def test_an_odd_turn_changes_nothing(pair: Pair, odd: str) -> None:
    line = agreed(*pair)
    for browser, path in ((signed_in(pair[0]), OWN), (signed_in(pair[1]), f"/care/{pair[0].pk}/agreed/")):
        assert browser.post(f"{path}{line.pk}/", {"to": odd}).status_code == 302
    assert len(story(line)) == 1


def test_another_clients_line_is_not_there(pair: Pair) -> None:
    line = agreed(*pair)
    for path in ("", "after-all/", "let-it-be/"):
        signed_in(make_client()).post(f"{OWN}{line.pk}/{path}", {"to": "done"})
    assert AgreedLine.objects.get(pk=line.pk).state == "open"


def test_much_asks_as_often_as_little(pair: Pair) -> None:
    browser = signed_in(pair[0])
    for count in (1, 8):
        for number in range(count):
            agreed(*pair, f"Line {number}")
        assert queries(browser, OWN) == QUERIES
