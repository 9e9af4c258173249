"""Ending well: what closes, what is handed on, what is no longer asked, and what stays the client's."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from journaling.later import LetterToSelf
from journaling.letters_to_self import seal_for_later
from koru.care.finishing import StillBooked, end_it, goodbye_in, open_ending_of, take_last_session
from koru.care.urls import urlpatterns
from koru.desk.recording import begin_alliance
from koru.people.covering import let_cover
from koru.people.endings import EndingStep
from koru.people.models import Alliance, Cover, Person
from koru.people.parting import CannotPart
from koru.privacy.door import NoSuchRecord, open_record
from koru.privacy.looks import looks_at
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import Plan, Recipient, plan
from koru.reminders.sending import send_due
from koru.safety.models import Flag
from koru.sealing.keyring import keyring
from moodtracking.measures.models import Assignment
from scheduling.models import Appointment
from tests.care.test_flags import raised
from tests.care.world import appointment, make_pair, signed_in
from tests.days import this_day
from tests.people import make_staff, make_therapist
from tests.people.goodbyes import LETTER, opened, said
from tests.people.test_covering import REASON, some_days
from tests.reminders.letters import due_letter, state

Pair = tuple[Person, Person]
OWN_PAGES = ("/today/", "/journal/", "/goals/", "/goodbye/", "/journal/carry/", "/safety-plan/", "/trends/")


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def end(pair: Pair) -> None:
    client, therapist = pair
    said(opened(client, therapist))
    with keyring(), open_record(client, by=therapist, why="goodbye", to_change=True) as record:
        end_it(open_ending_of(record), record=record, by=therapist)


def asking(client: Person) -> None:
    later = timezone.now() + timedelta(days=2)
    plan([Plan(kind="check-in", to=Recipient.of(client), about=client.pk, due_at=later, context={"path": "/check-in/"})])


def test_every_page_of_that_client_is_nowhere_for_the_therapist_from_that_minute(pair: Pair) -> None:
    client, therapist = pair
    web = signed_in(therapist)
    assert web.get(f"/care/{client.pk}/").status_code == 200
    end(pair)
    for name in {str(one.pattern) for one in urlpatterns if str(one.pattern).startswith("<uuid:client_id>/")}:
        path = f"/care/{client.pk}/{name.split('/', 1)[1]}"
        path = path.replace("<slug:slug>", "door").replace("<uuid:", "").replace(">", "") if "<uuid:" not in path else ""
        if path:
            assert web.get(path).status_code in (404, 405), path
            assert web.post(path).status_code in (404, 405), path
    with pytest.raises(NoSuchRecord), open_record(client, by=therapist, why="timeline"):
        pass


def test_the_client_keeps_their_own_pages_and_reads_the_letter(pair: Pair) -> None:
    end(pair)
    web = signed_in(pair[0])
    for path in OWN_PAGES:
        assert web.get(path).status_code == 200, path
    page = web.get("/goodbye/").content.decode()
    assert LETTER in page
    assert "/consultation/" in page
    today = web.get("/today/").content.decode()
    assert "The door stays open" in today
    assert "miss you" not in today


def test_nothing_is_asked_any_more_of_somebody_who_has_finished(pair: Pair) -> None:
    client, therapist = pair
    Assignment.objects.create(
        client=client, measure="who-5", form="standard", schedule="monthly", begins_on=this_day(), assigned_by=therapist
    )
    asking(client)
    end(pair)
    assert not Letter.objects.filter(to=client, kind="check-in", withdrawn_at=None).exists()
    assert not Assignment.objects.of(client).live().exists()
    Preferences.objects.create(person=client, quiet_from=time(12), quiet_until=time(12))
    long_due = timezone.now() - timedelta(minutes=30)
    letter = due_letter(client, "check-in", due_at=long_due)
    assert (send_due(), state(letter)) == (0, "paused")
    begin_alliance(client, therapist, by=make_staff())
    letter = due_letter(client, "check-in", due_at=long_due)
    assert (send_due(), state(letter)) == (1, "sent")
    assert "The door stays open" not in signed_in(client).get("/today/").content.decode()


def test_covers_end_and_open_flags_go_to_whoever_stands_in(pair: Pair) -> None:
    client, therapist = pair
    lead, cover = make_therapist(is_lead=True), make_therapist()
    let_cover(client, cover, some_days(), REASON, by=therapist)
    with keyring():
        flag = raised(client)
    end(pair)
    assert not Cover.objects.current().exists()
    assert Flag.objects.get(pk=flag.pk).owner == lead


def test_time_together_ahead_is_settled_first(pair: Pair) -> None:
    client, therapist = pair
    ahead = appointment(client, therapist, timezone.now() + timedelta(days=2))
    with pytest.raises(StillBooked):
        end(pair)
    assert Alliance.objects.current().filter(client=client).exists()
    Appointment.objects.filter(pk=ahead.pk).update(state="cancelled")
    end(pair)
    assert not Alliance.objects.current().filter(client=client).exists()


def test_the_last_session_is_one_of_theirs(pair: Pair) -> None:
    client, therapist = pair
    over = appointment(client, therapist, timezone.now() - timedelta(days=2), state="met")
    other = appointment(client, make_therapist(), timezone.now() - timedelta(days=3), state="met")
    ending = opened(client, therapist)
    with keyring(), open_record(client, by=therapist, why="goodbye") as record:
        with pytest.raises(CannotPart):
            take_last_session(ending, other, record=record, by=therapist)
        assert take_last_session(ending, over, record=record, by=therapist).about == over.pk
        assert [one.pk for one in goodbye_in(record).lately] == [over.pk]


def test_a_letter_to_oneself_says_its_step(pair: Pair) -> None:
    client = pair[0]
    opened(*pair)
    with keyring():
        seal_for_later("To come.", this_day() + timedelta(days=90), by=client, key=uuid4())
    assert EndingStep.objects.get().name == "letter-to-self"
    assert LetterToSelf.objects.of(client).count() == 1


def test_the_page_leads_from_beginning_to_end_and_says_what_is_missing(pair: Pair) -> None:
    client, therapist = pair
    web, path = signed_in(therapist), f"/care/{client.pk}/ending/"
    assert "Not begun" in web.get(path).content.decode()
    web.post(path)
    assert "First agree in the plan" in web.get(path).content.decode()
    said(opened(client, therapist), "door")
    answer = web.post(f"{path}end/", {"sure": "on"})
    assert answer.status_code == 422
    assert "the door stays open" in answer.content.decode()
    assert web.post(f"{path}steps/door/", {"outcome": "maybe"}).status_code == 302
    assert web.post(f"{path}steps/door/", {"outcome": "done"}).status_code == 302
    assert web.post(f"{path}end/").status_code == 422
    assert web.post(f"{path}end/", {"sure": "on"}).status_code == 302
    assert web.post(f"{path}end/", {"sure": "on"}).status_code == 404
    assert "goodbye said" in {row.act for row in looks_at(client)}


def test_a_letter_that_is_typed_is_kept_and_unread_until_the_end(pair: Pair) -> None:
    client, therapist = pair
    opened(client, therapist)
    web, path = signed_in(therapist), f"/care/{client.pk}/ending/letter/"
    key = str(uuid4())
    assert web.post(f"{path}typed/", {"words": "Half a", "key": key, "revision": "0"}).status_code == 200
    assert "Half a" in web.get(path).content.decode()
    assert web.post(path, {"words": ""}).status_code == 422
    assert web.post(path, {"words": "Whole.", "key": key}).status_code == 302
    assert "Whole." in web.get(path).content.decode()
    assert "Whole." not in signed_in(client).get("/goodbye/").content.decode()


def test_the_desk_ends_without_a_goodbye_only_with_a_reason(pair: Pair) -> None:
    client, therapist = pair
    alliance = Alliance.objects.get(client=client)
    web, path = signed_in(make_staff()), f"/desk/clients/{client.pk}/therapist/{alliance.pk}/end/"
    for reason in ("", "goodbye", "odd"):
        assert web.post(path, {"ended_as": reason}).status_code == 302
        assert Alliance.objects.current().filter(pk=alliance.pk).exists()
    web.post(path, {"ended_as": "another"})
    alliance.refresh_from_db()
    assert alliance.ended_as == "another"
    assert signed_in(client).get("/goodbye/").status_code == 404
    assert signed_in(therapist).get(f"/care/{client.pk}/").status_code == 404
