"""One of everything that has a form, and the pages on which each role finds them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from journaling.writing import Written, keep
from koru.desk.inviting import invite_by_letter
from koru.moments.spans import Span
from koru.people.breaking_glass import break_glass
from koru.people.covering import let_cover
from koru.people.models import Invitation, Person
from koru.reminders.models import Letter
from koru.reminders.quick_links import signed
from koru.reminders.stopping import stop_path
from koru.safety.flags import Flag
from koru.sealing.keyring import keyring
from scheduling.absent import begin_absence
from scheduling.availability import AvailabilityException
from scheduling.consultation import Talk, book_talk, kind_of_talk
from scheduling.models import Appointment, BookingWish
from tests.desk.asked import request_without_time
from tests.people import ally, make_client, make_therapist
from tests.reminders.letters import due_letter
from tests.scheduling.practice import Practice, at, make_practice

from . import of_agreed, of_connection, of_goodbyes, of_rhythm, of_rights, of_routine, of_spacing, of_time
from .going_on import GoingOn, going_on
from .of_client import of_client

PASSWORD = "seven quiet ferns"


@dataclass
class World:
    pages: dict[str, list[str]]
    people: dict[str, Person | None]
    foreign: UUID
    invited: Invitation
    note: str = ""

    def browser(self, role: str) -> Client:
        """Somebody of that role, signed in; "soon" is a client with a session tomorrow.

        "invited" has followed their link, "noted" a note's.
        """
        browser = Client(raise_request_exception=True)
        person = self.people[role]
        if person:
            browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        elif role == "invited":
            browser.post(f"/invitation/{self.invited.token}/")
        elif role == "noted":
            browser.get(self.note)
        return browser


def make_world() -> World:
    practice = make_practice()
    practice.client.set_password(PASSWORD)
    practice.client.save()
    with keyring():
        going = going_on(practice)
        pages, invited = _pages(practice, going)
        foreign = _foreign()
        going.hold()
    wished = {"kind_id": "integration", "therapist": practice.therapist, "place": "video", "ask_at": timezone.now()}
    BookingWish.objects.create(client=practice.client, **wished)  # last: what is booked for somebody ends it
    unknown = dict.fromkeys(("visitor", "invited", "noted"))
    people = {"client": practice.client, "soon": going.soon, "therapist": practice.therapist, "staff": practice.staff}
    return World(pages, {**unknown, **people}, foreign, invited, _note(practice.client))


def _foreign() -> UUID:
    """An entry of somebody else's."""
    return keep(Written(text="Not yours.", title="", prompt="", share="only_me"), key=uuid4(), by=make_client()).pk


def _note(client: Person) -> str:
    """The link in a note that asks for a check-in."""
    return f"/check-in/quick/{signed(due_letter(client, 'check-in', due_at=timezone.now()).pk)}/"


def _pages(practice: Practice, going: GoingOn) -> tuple[dict[str, list[str]], Invitation]:
    invited = invite_by_letter("fern@example.org", "Demo Fern", by=practice.staff, zone="America/New_York")
    client = of_client(practice)  # first: others find what is there of theirs
    of_rhythm.suggested(practice.client, practice.therapist)
    pages = {
        "visitor": _of_visitor(practice),
        "invited": ["/accounts/signup/"],
        "noted": ["/check-in/quick/", "/check-in/quick/kept/"],
        "client": client,
        "soon": [*going.of_soon(), *of_rights.OWN],
        "therapist": [*_of_therapist(practice), *of_rights.of_therapist(practice), *of_rhythm.of_therapist(going.soon)],
        "staff": [*_of_staff(practice), *going.of_staff(), *of_rights.of_staff(practice, going.soon)],
    }
    of_spacing.of_both(practice)
    return pages, invited


def _of_visitor(practice: Practice) -> list[str]:
    talk = book_talk(kind_of_talk(), Talk(at("2026-11-27 09:00"), "phone", "Demo Ash", "ash@example.org", "UTC"), key=uuid4())
    over = invite_by_letter("aster@example.org", "Demo Aster", by=practice.staff, zone="America/New_York")
    Invitation.objects.filter(pk=over.pk).update(expires_at=timezone.now() - timedelta(days=1))
    fresh = invite_by_letter("moss@example.org", "Demo Moss", by=practice.staff, zone="America/New_York")
    letter = Letter.objects.filter(kind="consultation-soon").first()
    assert letter is not None
    link = f"/consultation/{talk.token}/"
    accounts = [f"/accounts/{page}/" for page in ("login", "login/code", "password/reset")]
    links = [link, f"{link}move/", f"{link}cancel/", f"/invitation/{over.token}/", f"/invitation/{fresh.token}/"]
    elsewhere = [*of_time.of_visitor(talk), *of_routine.of_visitor(practice.client), stop_path(letter.pk)]
    return ["/", "/consultation/", "/help-now/", *links, *elsewhere, *accounts]


def _of_therapist(practice: Practice) -> list[str]:
    AvailabilityException.objects.create(therapist=practice.therapist, what="away", on=date(2027, 2, 1))
    running = practice.book(at("2026-11-25 09:00"), "integration", by=practice.staff)
    now = Span(at("2026-11-24 11:30"), at("2026-11-24 12:20"))
    Appointment.objects.filter(pk=running.pk).update(during=now.range, padded=now.padded(running.before, running.after).range)
    let_cover(
        practice.client,
        make_therapist(),
        Span(timezone.now(), timezone.now() + timedelta(days=3)),
        "Away.",
        by=practice.therapist,
    )
    Person.objects.filter(pk=practice.therapist.pk).update(is_lead=True)
    break_glass(practice.client, "Found on the floor, not answering.", by=make_therapist())
    record, flag = f"/care/{practice.client.pk}/", Flag.objects.get(client=practice.client)
    return [
        "/care/",
        "/care/flags/",
        "/care/covering/",
        "/care/emergency/",
        f"/care/flags/{flag.pk}/",
        record,
        f"{record}brief/",
        f"{record}plan/",
        f"{record}safety-plan/write/",
        "/care/availability/",
        *of_time.of_therapist(practice),
        *of_agreed.of_therapist(practice),
        *of_goodbyes.of_therapist(practice),
        *of_connection.of_therapist(practice),
        f"/sessions/{running.pk}/times/",
        "/settings/",
        "/settings/notes/",
        "/settings/calendar/",
    ]


def _away(practice: Practice) -> list[str]:
    """A sick day with one to see to."""
    made = practice.book(at("2026-12-14 10:00"), "integration", by=practice.staff)
    absence = begin_absence(practice.therapist, date(2026, 12, 14), date(2026, 12, 14), by=practice.staff)
    return [f"/desk/away/{absence.pk}/", f"/desk/away/{absence.pk}/{made.pk}/"]


def _of_staff(practice: Practice) -> list[str]:
    client = practice.client
    today = Appointment.objects.get(client=client, during__startswith=at("2026-11-24 11:30"))
    newcomer = ally(make_client(), make_therapist()).client
    asked, met = (request_without_time(email=f"{state}@example.org", state=state) for state in ("new", "met"))
    ahead = Appointment.objects.filter(kind="dosing", client=client).order_by("during")[0]
    record, appointment = f"/desk/clients/{client.pk}/", f"/desk/appointments/{ahead.pk}/"
    papers = [f"{record}{page}/" for page in ("contact", "clearance", "consents/treatment", "consents/app-use")]
    booking = [f"/desk/book/?client={client.pk}&kind=integration", f"/desk/book/?request={asked.pk}"]
    changing = [
        appointment,
        f"{appointment}move/",
        f"{appointment}cancel/",
        f"{appointment}second/",
        f"/desk/appointments/{today.pk}/",
    ]
    lists = [
        "/desk/",
        "/desk/requests/",
        "/desk/clients/",
        "/desk/clients/invite/",
        f"/desk/hours/?of={practice.therapist.pk}",
        f"/desk/hours/?of={practice.clinic.pk}",
        "/desk/away/",
        *_away(practice),
    ]
    requests = [f"/desk/requests/{one.pk}/" for one in (asked, met)]
    lists += of_time.of_staff(practice, newcomer, asked)
    return [*lists, *requests, record, f"/desk/clients/{newcomer.pk}/", *papers, *booking, *changing, "/settings/"]
