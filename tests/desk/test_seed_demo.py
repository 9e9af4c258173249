"""The demo's practice: written once, at whatever hour, and true to the contract."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from journaling.models import Entry, Heard
from koru.desk.seeding.demo import make_demo
from koru.people.consents import has_consent, is_cleared
from koru.people.models import Invitation, Person
from koru.reminders.models import Letter
from moodtracking.connection.models import ConnectionCheckIn
from moodtracking.connection.offering import meetings_of
from moodtracking.models import CheckIn
from scheduling.conflicts import outside
from scheduling.models import Appointment, AppointmentKind, ConsultationRequest
from scheduling.phases import Phase
from scheduling.sessions import phase_of
from tests.days import this_day

pytestmark = pytest.mark.django_db

ACCOUNTS = {
    "client@demo.example.org": "client",
    "newclient@demo.example.org": "client",
    "therapist@demo.example.org": "therapist",
    "staff@demo.example.org": "staff",
    "admin@demo.example.org": "admin",
}


def rowan() -> Person:
    found: Person = Person.objects.get(email="client@demo.example.org")
    return found


def counts() -> tuple[int, ...]:
    models = (Person, Appointment, Entry, CheckIn, Letter, ConsultationRequest, Invitation, EmailAddress)
    return tuple(model._default_manager.count() for model in models)


def test_it_is_refused_outside_the_demo(settings: Settings) -> None:
    settings.KORU_DEMO = False
    with pytest.raises(CommandError, match="demo alone"):
        call_command("seed_demo")
    assert not Person.objects.exists()


def test_a_second_run_changes_nothing(settings: Settings) -> None:
    settings.KORU_DEMO = True
    call_command("seed_demo")
    before = counts()
    call_command("seed_demo")
    assert counts() == before


def test_each_account_of_the_contract_signs_in_with_the_printed_password() -> None:
    make_demo(timezone.now())
    for email, role in ACCOUNTS.items():
        person = Person.objects.get(email=email)
        assert person.role == role
        assert person.check_password("koru-demo-unfurl")
        assert EmailAddress.objects.filter(user=person, verified=True, primary=True).exists()
        assert Client().login(username=email, password="koru-demo-unfurl")


def test_the_client_had_a_session_two_days_ago_and_has_one_in_six_days_in_the_fern_room() -> None:
    now = timezone.now()
    make_demo(now)
    sessions = Appointment.objects.dosing().filter(client=rowan()).order_by("-during")
    ahead, last = sessions[0], sessions[1]
    assert abs(now - last.span.end - timedelta(days=2)) < timedelta(days=1)
    assert abs(ahead.span.start - now - timedelta(days=6)) < timedelta(days=1)
    assert (ahead.state, last.state) == ("booked", "met")
    assert (ahead.room and ahead.room.name, ahead.therapist.display_name) == ("Fern room", "Demo Wren")
    assert phase_of(rowan(), now).phase in (Phase.DAYS_2_7, Phase.FIRST_DAY)


def test_the_client_is_cleared_and_has_consented() -> None:
    make_demo(timezone.now())
    assert has_consent(rowan(), "treatment")
    assert is_cleared(rowan(), this_day() + timedelta(days=30))


def test_the_new_client_has_been_invited_today_and_nothing_else() -> None:
    make_demo(timezone.now())
    newcomer = Person.objects.get(email="newclient@demo.example.org")
    assert ConsultationRequest.objects.get(client=newcomer).state == "invited"
    assert newcomer.joined_at > timezone.now() - timedelta(days=1)
    assert [one.kind_id for one in newcomer.appointments.all()] == ["consultation"]
    assert not newcomer.consents.exists()
    assert not newcomer.entries.exists()


def test_what_was_written_opens_again_and_each_level_of_sharing_is_there() -> None:
    make_demo(timezone.now())
    entries = Entry.objects.filter(client=rowan())
    assert set(entries.values_list("share", flat=True)) == {"only_me", "my_therapist", "bring_to_session"}
    assert all(len(entry.text) > 20 for entry in entries)
    assert not entries.filter(at__gt=timezone.now()).exists()


def test_one_invitation_waits_to_be_opened_and_its_letter_goes_out() -> None:
    make_demo(timezone.now())
    invitation = Invitation.objects.open().get()
    letter = Letter.objects.get(about=invitation.pk, kind="consultation-after")
    assert letter.address == invitation.email
    assert letter.withdrawn_at is None


def test_there_is_a_request_in_each_step() -> None:
    make_demo(timezone.now())
    states = set(ConsultationRequest.objects.values_list("state", flat=True))
    assert states >= {"new", "booked", "met", "invited", "declined", "no_answer"}


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-08T06:59:00+00:00",  # New York's clocks go forward in the next minute
        "2026-11-01T05:30:00+00:00",  # the hour that comes twice
        "2026-12-31T23:59:59+00:00",
        "2028-02-29T15:00:00+00:00",
        "2026-11-24T17:10:00+00:00",  # a session is running
    ],
)
def test_it_holds_at_whatever_hour_it_is_first_started(moment: str, clock: Callable[[str], time_machine.Traveller]) -> None:
    clock(moment)
    now = timezone.now()
    make_demo(now)
    assert Appointment.objects.filter(during__startswith__gt=now).exclude(state="booked").count() == 0
    assert Appointment.objects.filter(during__endswith__lte=now).exclude(state="met").count() == 0
    assert not CheckIn.objects.filter(at__gt=now).exists()
    spans = [(one.therapist_id, one.span) for one in Appointment.objects.order_by("during")]
    for place, (therapist, span) in enumerate(spans):
        assert not any(who == therapist and span.overlaps(other) for who, other in spans[place + 1 :])


def test_a_nurse_sits_in_and_rooms_have_what_a_session_needs() -> None:
    make_demo(timezone.now())
    nurse, dosing = Person.objects.get(email="alder@demo.example.org"), AppointmentKind.objects.get(pk="dosing")
    assert nurse.role == "staff"
    assert nurse.availability_rules.count() == 5
    assert list(nurse.skills.values_list("kind", "part")) == [("dosing", "second")]
    sessions = Appointment.objects.dosing().filter(client=rowan())
    assert {one.second_person for one in sessions} == {nurse}
    needed = set(dosing.equipment.all())
    assert needed
    assert all(needed <= set(one.room.equipment.all()) for one in sessions if one.room)


@pytest.mark.parametrize("days", range(7))
def test_on_whatever_day_it_begins_everybody_is_there_for_what_is_booked(days: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        make_demo(timezone.now())
        assert Appointment.objects.upcoming().exists()
        assert outside(None, timezone.now()) == []


def test_how_meetings_were_is_there_to_guess_to_see_and_to_say(clock: Callable[[str], time_machine.Traveller]) -> None:
    clock("2026-11-24T17:00:00Z")
    make_demo(timezone.now())
    client = rowan()
    said = ConnectionCheckIn.objects.of(client).order_by("appointment__during")
    assert [hasattr(row, "guess") for row in said] == [True, True, False, False]
    assert [row.is_shared for row in said] == [True, True, False, True]
    assert [meeting.is_dosing for meeting in meetings_of(client, timezone.now())] == [False, True]
    assert Heard.objects.of(client).get().entry
