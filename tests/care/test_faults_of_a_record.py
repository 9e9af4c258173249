"""What goes wrong around an open record: two therapists, a client who flew, one who was erased, words taken back meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from journaling.goals import Goal
from journaling.held import Passage
from journaling.models import Entry, Heard
from koru.care.models import Note
from koru.people.models import Person
from koru.privacy.looks import looks_at
from moodtracking.models import CheckIn
from scheduling.models import AgreedLine, Appointment
from tests.connection.world import said
from tests.people import ally, make_therapist

from .brief_text import NOTE, dosing_before, full, text_of
from .world import appointment, check_in, signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
NOON = "2026-11-24T17:00:00+00:00"


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def without_connection(page: str) -> list[str]:
    """A brief's text without what is between one of them and the client, and without a writer's notes."""
    text = text_of(page).text
    return [*text[: text.index("The two of you")], *text[text.index("Since the last session") :]]


def test_of_two_at_once_each_reads_the_same_brief_but_for_what_is_their_own(pair: Pair, clock: Callable[[str], object]) -> None:
    clock(NOON)
    client, first = pair
    session = full(client, first)
    second = make_therapist()
    ally(client, second)
    said(client, Appointment.objects.get(client=client, state="met"))
    path = f"/care/{client.pk}/brief/"
    hers, theirs = shown(signed_in(first), path), shown(signed_in(second), path)
    assert without_connection(hers) == without_connection(theirs)
    assert "guess first, or show" in hers
    assert "guess first, or show" not in theirs
    assert any(NOTE in words for words in text_of(hers).notes)
    assert text_of(theirs).notes == []
    own = text_of(shown(signed_in(client), f"/sessions/{session.pk}/brief/")).text
    assert own == text_of(hers).text
    assert {row.actor_id for row in looks_at(client)} >= {first.pk, second.pk}


def test_days_stay_as_they_were_felt_when_client_or_therapist_has_flown(pair: Pair, clock: Callable[[str], object]) -> None:
    clock(NOON)
    client, therapist = pair
    dosing_before(client, therapist, 8)
    for day in range(1, 24):
        check_in(client, timezone.now() - timedelta(days=day))
    brief, timeline = f"/care/{client.pk}/brief/", f"/care/{client.pk}/"
    before = text_of(shown(signed_in(therapist), brief)).text
    assert "9:00 am" not in shown(signed_in(therapist), timeline)
    Person.objects.filter(pk=client.pk).update(zone="Europe/London")
    Person.objects.filter(pk=therapist.pk).update(zone="America/Los_Angeles")
    after = text_of(shown(signed_in(therapist), brief)).text
    start, end = before.index("Since the last session"), before.index("Measures")
    moods = [line for line in before[start:end] if "noted" in line]
    assert moods
    assert moods == [line for line in after if "days noted" in line or "before it" in line]
    assert "Mon 23 Nov, 9:00 am" in shown(signed_in(therapist), timeline)
    assert CheckIn.objects.filter(client=client).values("zone").distinct().count() == 1


def pages_of(client: Person) -> list[str]:
    """Everything that a therapist may have open of a client: what is read, and where what was typed is sent."""
    shared = Entry.objects.get(client=client, share="bring_to_session")
    passage, line = Passage.objects.get(client=client), AgreedLine.objects.filter(client=client).first()
    goal, note = Goal.objects.get(client=client), Note.objects.get(client=client)
    met = Appointment.objects.get(client=client, state="met")
    assert goal.is_shared
    assert line is not None
    paths = ("", "brief/", "brief/read/", "charts/", "goals/", "agreed/", f"agreed/{line.pk}/", "notes/", f"notes/{note.pk}/",
             f"entries/{shared.pk}/", f"entries/{shared.pk}/read/", f"passages/{passage.pk}/", f"sessions/{met.pk}/around/",
             "plan/", "connection/", "safety-plan/", "ending/")  # fmt: skip
    return [f"/care/{client.pk}/{path}" for path in paths]


def test_erased_while_pages_are_open_each_is_nowhere_at_the_next_interaction(pair: Pair) -> None:
    client, therapist = pair
    full(client, therapist)
    reader, paths = signed_in(therapist), pages_of(client)
    assert {reader.get(path).status_code for path in paths} <= {200, 405}
    Appointment.objects.filter(client=client).delete()
    Person.objects.get(pk=client.pk).delete()
    for path in paths:
        assert reader.get(path).status_code in (404, 405), path
        assert reader.post(path, {"words": "Typed meanwhile", "to": "done"}).status_code in (404, 405), path
    assert not AgreedLine.objects.exists()
    assert not Note.objects.exists()
    assert reader.get("/care/").status_code == 200


def test_taken_back_while_it_is_open_the_next_press_finds_nothing_and_what_was_opened_stays_told(pair: Pair) -> None:
    client, therapist = pair
    session = full(client, therapist)
    entry = Entry.objects.get(client=client, share="bring_to_session")
    reader, path = signed_in(therapist), f"/care/{client.pk}/entries/{entry.pk}/"
    assert "The thing with my brother." in shown(reader, path)
    signed_in(client).post(f"/sessions/{session.pk}/brief/take-back/", {"what": "entry", "id": str(entry.pk)})
    before = list(looks_at(client).values_list("act", "about"))
    assert ("entry", str(entry.pk)) in before
    assert reader.post(f"{path}read/", {"words": "Thank you."}).status_code == 404
    assert reader.get(path).status_code == 404
    assert not Heard.objects.exists()
    assert list(looks_at(client).values_list("act", "about")) == before
    assert "The thing with my brother." not in shown(reader, f"/care/{client.pk}/")
    assert len(looks_at(client)) == len(before) + 1


def test_while_a_session_runs_the_brief_says_so_and_can_be_read(pair: Pair) -> None:
    client, therapist = pair
    running = appointment(client, therapist, timezone.now() - timedelta(minutes=20))
    Appointment.objects.filter(pk=running.pk).update(started_at=timezone.now() - timedelta(minutes=18))
    page = shown(signed_in(therapist), f"/care/{client.pk}/brief/")
    assert "In their words" in page
    assert f"/sessions/{running.pk}/" in page
