"""The pipeline: new, booked, held, invited or closed. Each step follows from the one before, and can be sent twice."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import timezone

from koru.desk import requests
from koru.desk.inviting import tomorrow_forenoon
from koru.people.inviting import AlreadyInvited, accept
from koru.people.models import Invitation
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from scheduling.models import Appointment
from scheduling.refusals import TimeTaken
from tests.people import make_client
from tests.scheduling.practice import Practice, at

from .asked import request_without_time, talk_at

Clock = Callable[[str], time_machine.Traveller]
TALK = at("2026-11-25 10:00")
AFTER = "2026-11-25T15:40:00+00:00"


def unsent(about: UUID) -> set[str]:
    found = Letter.objects.filter(about=about, withdrawn_at=None, sent_at=None)
    return set(found.values_list("kind", flat=True))


def test_a_time_offered_by_the_desk_is_told_like_one_picked_by_oneself(practice: Practice) -> None:
    asked = request_without_time()
    talk = requests.offer_time(asked, TALK, therapist=practice.therapist, place="phone", by=practice.staff, key=uuid4())
    asked.refresh_from_db()
    assert (asked.state, asked.owner) == ("booked", practice.staff)
    assert "consultation-booked" in unsent(talk.pk)
    assert Letter.objects.get(about=talk.pk, kind="consultation-booked").address == "teasel@example.org"


def test_a_time_offered_twice_is_one(practice: Practice) -> None:
    asked, key = request_without_time(), uuid4()
    for _ in range(2):
        requests.offer_time(asked, TALK, therapist=practice.therapist, place="video", by=practice.staff, key=key)
    assert Appointment.objects.count() == 1
    with pytest.raises(requests.NotYet, match="a time already"):
        requests.offer_time(asked, TALK, therapist=practice.therapist, place="video", by=practice.staff, key=uuid4())


def test_an_offer_of_a_time_just_taken_leaves_the_request_as_it_was(practice: Practice) -> None:
    practice.book(TALK, "integration", by=practice.staff)
    asked = request_without_time()
    with pytest.raises(TimeTaken):
        requests.offer_time(asked, TALK, therapist=practice.therapist, place="video", by=practice.staff, key=uuid4())
    asked.refresh_from_db()
    assert (asked.state, asked.owner) == ("new", None)


def test_a_talk_held_at_its_time_ends_with_it(practice: Practice, clock: Clock) -> None:
    asked = talk_at(TALK)
    clock(AFTER)
    requests.mark_held(asked, by=practice.staff)
    talk = asked.appointments.get()
    assert (talk.state, talk.span.start, talk.ended_at) == ("met", TALK, TALK + timedelta(minutes=30))


def test_a_talk_held_earlier_by_a_call_frees_its_time_and_reminds_of_nothing(practice: Practice) -> None:
    asked = talk_at(TALK)
    requests.mark_held(asked, by=practice.staff)
    talk = asked.appointments.get()
    assert (talk.state, talk.span.end, talk.revision) == ("met", timezone.now(), 1)
    assert unsent(talk.pk) == set()
    assert talk_at(TALK, email="sorrel@example.org").appointments.get().therapist == practice.therapist


def test_held_twice_is_as_once(practice: Practice) -> None:
    asked = talk_at(TALK)
    requests.mark_held(asked, by=practice.staff)
    requests.mark_held(asked, by=practice.staff)
    assert asked.appointments.get().revision == 1


def test_nobody_is_invited_before_the_talk(practice: Practice) -> None:
    for asked in (request_without_time(), talk_at(TALK)):
        with pytest.raises(requests.NotYet, match="held first"):
            requests.invite_to_account(asked, by=practice.staff, therapist=None)
    assert not Invitation.objects.exists()


def test_an_invitation_its_letter_and_one_note_on_the_third_day_come_together(practice: Practice) -> None:
    asked = talk_at(TALK)
    requests.mark_held(asked, by=practice.staff)
    invitation = requests.invite_to_account(asked, by=practice.staff, therapist=practice.therapist)
    letter, note = Letter.objects.filter(about=invitation.pk).order_by("due_at")
    assert (letter.kind, note.kind) == ("consultation-after", "invitation-again")
    assert letter.due_at == timezone.now()
    assert note.due_at == at("2026-11-27 10:00")
    assert (invitation.about, invitation.therapist) == (asked.pk, practice.therapist)
    for one in (letter, note):
        words = rendered(one, practice.clinic, timezone.now())
        assert f"/invitation/{invitation.token}/" in words.text
        assert "Demo Mallow" in words.text


def test_the_link_can_wait_for_ten_the_next_morning_by_their_clock(practice: Practice) -> None:
    asked = talk_at(TALK, zone="America/Los_Angeles")
    requests.mark_held(asked, by=practice.staff)
    send_at = tomorrow_forenoon(asked.zone, timezone.now())
    invitation = requests.invite_to_account(asked, by=practice.staff, therapist=None, send_at=send_at)
    assert Letter.objects.get(about=invitation.pk, kind="consultation-after").due_at == at("2026-11-25 13:00")


def test_invited_twice_is_one_link_and_one_letter(practice: Practice) -> None:
    asked = request_without_time(state="met")
    first = requests.invite_to_account(asked, by=practice.staff, therapist=None)
    assert requests.invite_to_account(asked, by=practice.staff, therapist=None) == first
    assert Letter.objects.filter(kind="consultation-after").count() == 1


def test_an_ended_link_is_replaced_by_a_new_one(practice: Practice, clock: Clock) -> None:
    # The database's own clock doesn't travel: the link ends in its past.
    asked = request_without_time(state="met")
    first = requests.invite_to_account(asked, by=practice.staff, therapist=None)
    clock("2026-12-20T17:00:00+00:00")
    Invitation.objects.filter(pk=first.pk).update(expires_at="2020-01-01T00:00:00Z")
    second = requests.invite_to_account(asked, by=practice.staff, therapist=None)
    assert second != first
    assert second.about == asked.pk
    assert Invitation.objects.open().get() == second
    assert unsent(first.pk) == set()


def test_who_has_an_account_isnt_invited_again(practice: Practice) -> None:
    asked = request_without_time(state="met", email=practice.client.email.upper())
    with pytest.raises(AlreadyInvited):
        requests.invite_to_account(asked, by=practice.staff, therapist=None)
    asked.refresh_from_db()
    assert asked.state == "met"


def test_not_now_frees_the_time_and_closes_the_link(practice: Practice) -> None:
    ahead, invited = talk_at(TALK), request_without_time(state="met")
    invitation = requests.invite_to_account(invited, by=practice.staff, therapist=None)
    for asked in (ahead, invited):
        requests.decline(asked, by=practice.staff)
        requests.decline(asked, by=practice.staff)
        asked.refresh_from_db()
        assert asked.state == "declined"
    assert ahead.appointments.get().state == "cancelled"
    assert not Invitation.objects.open().exists()
    assert unsent(invitation.pk) == set()


def test_who_was_not_invited_can_be_later(practice: Practice) -> None:
    asked = request_without_time(state="met")
    requests.invite_to_account(asked, by=practice.staff, therapist=None)
    requests.decline(asked, by=practice.staff)
    again = requests.invite_to_account(asked, by=practice.staff, therapist=None)
    assert Invitation.objects.open().get() == again


def test_no_answer_is_noted_when_the_time_has_come_and_not_before(practice: Practice, clock: Clock) -> None:
    asked = talk_at(TALK)
    with pytest.raises(requests.NotYet, match="still ahead"):
        requests.no_answer(asked, by=practice.staff)
    clock(AFTER)
    requests.no_answer(asked, by=practice.staff)
    requests.no_answer(asked, by=practice.staff)
    asked.refresh_from_db()
    assert (asked.state, asked.appointments.get().state) == ("no_answer", "missed")


def test_who_has_joined_stays_joined(practice: Practice) -> None:
    asked = request_without_time(state="met")
    invitation = requests.invite_to_account(asked, by=practice.staff, therapist=practice.therapist)
    accept(invitation, make_client(email=asked.email))
    with pytest.raises(requests.NotYet):
        requests.decline(asked, by=practice.staff)
    with pytest.raises(requests.NotYet):
        requests.no_answer(asked, by=practice.staff)
