"""The trusted person: asked by the client, answers for themselves, learns nothing clinical, and is forgotten a day later."""

import re
from collections.abc import Callable
from functools import partial

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import Http404
from django.test import Client
from django.utils import timezone
from psycopg2 import sql

from koru.desk.open_tasks import open_tasks
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.checklist_page import told_of
from scheduling.models import Appointment, TrustedPerson
from scheduling.moving import move
from scheduling.refusals import NotNow
from scheduling.session_day import end, start
from scheduling.trusting import Named, ask_somebody, forget_those_over, take_back
from tests.people import make_client
from tests.reminders.test_kinds import CLINICAL

from .practice import NEW_YORK, Practice, at

Clock = Callable[[str], time_machine.Traveller]
LARK = Named("Demo Lark", "lark@example.org", "+1 212 555 0101")


@pytest.fixture
def session(practice: Practice) -> Appointment:
    """A dosing session on Tuesday 1 December, ten to half past twelve; it is a week before."""
    cache.clear()
    return practice.book(at("2026-12-01 10:00"))


@pytest.fixture
def link(practice: Practice, session: Appointment) -> str:
    with keyring():
        return str(ask_somebody(session, LARK, by=practice.client).token)


def page(link: str, client: Client | None = None) -> str:
    return (client or Client()).get(f"/pick-up/{link}/").content.decode()


def words_of(body: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", body.split("<main")[1].split("</main>", maxsplit=1)[0])


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(UNSENT, kind=kind).select_related("to"))


def desk_words() -> list[str]:
    return [task.words for sort in open_tasks(timezone.now(), NEW_YORK) if "way home" in sort.title for task in sort.some]


def test_the_page_says_where_when_how_and_whom_to_call_and_nothing_clinical(practice: Practice, link: str) -> None:
    practice.client.display_name = "Demo Rowan"
    practice.client.save()
    said = words_of(page(link))
    for words in ("Tuesday 1 December", "12:30 pm", "New York time (EST)", practice.room.name, practice.clinic.phone, "drive"):
        assert words in said
    assert not CLINICAL.search(said), CLINICAL.search(said)
    assert practice.therapist.display_name not in page(link)


def test_the_letter_names_nobody_and_nothing_and_keeps_no_token_in_the_clear(practice: Practice, link: str) -> None:
    (letter,) = letters("pick-up-asked")
    with keyring():
        said = rendered(letter, practice.clinic, timezone.now())
    assert letter.address == "lark@example.org"
    assert f"/pick-up/{link}/" in said.text
    assert "Tuesday 1 December, 12:30 pm" in said.text
    assert practice.client.display_name not in said.text
    with connection.cursor() as cursor:
        for table in ("reminders_letter", "scheduling_trustedperson"):
            cursor.execute(sql.SQL("SELECT string_agg(row_to_json(one)::text, '') FROM {} one").format(sql.Identifier(table)))
            kept = str(cursor.fetchone())
            assert link not in kept
            assert "Demo Lark" not in kept


@pytest.mark.parametrize("headers", [{}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}])
def test_opening_the_link_answers_nothing(practice: Practice, link: str, headers: dict[str, str]) -> None:
    for path in ("", "yes/", "no/"):
        for method in ("get", "head"):
            getattr(Client(), method)(f"/pick-up/{link}/{path}", headers=headers)
    there = TrustedPerson.objects.get()
    assert (there.yes_to, there.no_at) == (None, None)


def test_one_post_says_yes_for_themselves_and_twice_is_as_once(practice: Practice, session: Appointment, link: str) -> None:
    for _ in range(2):
        assert Client().post(f"/pick-up/{link}/yes/")["Location"] == f"/pick-up/{link}/"
    assert "You said yes" in page(link)
    with keyring():
        appointment = Appointment.objects.get()
        assert appointment.way_home == "Demo Lark, +1 212 555 0101"
        assert told_of(appointment, timezone.now()).way_home == "Named, and they said yes themselves"
    own = Client()
    own.force_login(practice.client)
    assert "said yes: they fetch you" in own.get(f"/sessions/{session.pk}/").content.decode()


def test_who_cannot_says_so_the_desk_sees_it_and_the_client_is_told_kindly_once(
    practice: Practice, session: Appointment, link: str
) -> None:
    Client().post(f"/pick-up/{link}/yes/")
    assert desk_words() == []
    for _ in range(2):
        Client().post(f"/pick-up/{link}/no/")
    assert desk_words() == ["Tue 1 Dec, 10:00 am. Who was named can't come"]
    (letter,) = letters("pick-up-cannot")
    assert letter.to == practice.client
    with keyring():
        assert "That happens" in rendered(letter, practice.clinic, timezone.now()).text
    assert Appointment.objects.get().way_home_at is None
    Client().post(f"/pick-up/{link}/yes/")
    assert (letters("pick-up-cannot"), desk_words()) == ([], [])


def test_named_anew_the_first_link_opens_nothing(practice: Practice, session: Appointment, link: str) -> None:
    with keyring():
        assert ask_somebody(session, LARK, by=practice.client).token == link
        assert len(letters("pick-up-asked")) == 1
        other = ask_somebody(session, Named("Demo Finch", "finch@example.org"), by=practice.client).token
    assert Client().get(f"/pick-up/{link}/").status_code == 404
    assert Client().post(f"/pick-up/{link}/yes/").status_code == 404
    assert Client().get(f"/pick-up/{other}/").status_code == 200
    assert [letter.address for letter in letters("pick-up-asked")] == ["finch@example.org"]


def test_taken_back_the_link_is_gone_at_once_and_no_letter_goes(practice: Practice, session: Appointment, link: str) -> None:
    own = Client()
    own.force_login(practice.client)
    for _ in range(2):
        own.post(f"/sessions/{session.pk}/way-home/take-back/")
    assert Client().get(f"/pick-up/{link}/").status_code == 404
    assert not Letter.objects.filter(kind__startswith="pick-up").exists()
    assert Appointment.objects.get().way_home_at is None


def test_moved_the_page_shows_the_current_time_and_asks_again(practice: Practice, session: Appointment, link: str) -> None:
    Letter.objects.filter(kind="pick-up-asked").update(handed_at=timezone.now(), sent_at=timezone.now())
    Client().post(f"/pick-up/{link}/yes/")
    with keyring():
        move(session, at("2026-12-03 14:00"), by=practice.client)
    said = page(link)
    assert "Thursday 3 December" in said
    assert "4:30 pm" in said
    assert "The time has changed since you said yes" in said
    (letter,) = letters("pick-up-changed")
    with keyring():
        words = rendered(letter, practice.clinic, timezone.now()).text
    assert "Thursday 3 December, 4:30 pm" in words
    assert "Before, it was Tuesday 1 December, 12:30 pm" in words
    with keyring():
        move(session, at("2026-12-01 10:00"), by=practice.client)
    assert letters("pick-up-changed") == []
    assert "You said yes" in page(link)


def test_moved_before_they_were_told_they_are_told_the_new_time_once(practice: Practice, session: Appointment, link: str) -> None:
    with keyring():
        move(session, at("2026-12-03 14:00"), by=practice.client)
        (letter,) = letters("pick-up-asked")
        assert "Thursday 3 December, 4:30 pm" in rendered(letter, practice.clinic, timezone.now()).text
    assert letters("pick-up-changed") == []


def test_a_day_after_the_actual_end_the_link_is_as_one_that_never_was_and_all_is_forgotten(
    practice: Practice, session: Appointment, link: str, clock: Clock
) -> None:
    clock("2026-12-01T15:05:00Z")
    start(session, by=practice.therapist)
    clock("2026-12-01T16:30:00Z")
    end(session, by=practice.therapist)
    assert "They are ready now" in page(link)
    clock("2026-12-02T16:29:59Z")
    assert Client().get(f"/pick-up/{link}/").status_code == 200
    assert forget_those_over(timezone.now()) == 0
    clock("2026-12-02T16:30:00Z")
    gone, never = (Client().get(f"/pick-up/{token}/") for token in (link, "x" * 22))
    assert gone.status_code == never.status_code == 404
    assert [forget_those_over(timezone.now()) for _ in range(2)] == [1, 0]
    assert not Letter.objects.filter(address="lark@example.org").exists()


def test_nobody_finds_a_link_by_trying(link: str) -> None:
    statuses = [Client().get(f"/pick-up/{number:022}/").status_code for number in range(91)]
    assert set(statuses[:90]) == {404}
    assert statuses[90] == 429
    assert Client().post(f"/pick-up/{link}/yes/").status_code == 429


def test_a_name_is_enough_and_the_link_can_be_passed_on(practice: Practice, session: Appointment) -> None:
    own = Client()
    own.force_login(practice.client)
    path = f"/sessions/{session.pk}/way-home/ask/"
    for odd in ({"name": ""}, {"name": "Demo", "email": "nowhere"}, {"name": "Demo", "phone": "12"}, {"name": "a\nb"}):
        assert own.post(path, odd).status_code == 422
    assert not TrustedPerson.objects.exists()
    body = own.post(path, {"name": "Demo Lark שלום"}, follow=True).content.decode()
    with keyring():
        assert f"/pick-up/{TrustedPerson.objects.get().token}/" in body
    assert letters("pick-up-asked") == []


def test_it_is_the_clients_alone_and_only_ahead(practice: Practice, session: Appointment, clock: Clock) -> None:
    for by in (practice.staff, practice.therapist, make_client()):
        for act in (partial(ask_somebody, session, LARK), partial(take_back, session)):
            with pytest.raises(Http404):
                act(by=by)
    clock("2026-12-01T18:00:00Z")
    with pytest.raises(NotNow):
        ask_somebody(session, LARK, by=practice.client)


def test_a_letter_to_them_waits_for_the_morning(practice: Practice, session: Appointment, clock: Clock) -> None:
    clock("2026-11-25T03:30:00Z")
    with keyring():
        ask_somebody(session, LARK, by=practice.client)
    assert letters("pick-up-asked")[0].due_at == at("2026-11-25 08:00")
