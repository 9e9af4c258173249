"""Pages of time with people that need something to be there: a place in line, dates proposed, somebody who fetches."""

from datetime import date, time

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Preferences
from koru.sealing.tokens import new_token, token_hash
from scheduling.busy_elsewhere import add_calendar
from scheduling.feeding import make_feed
from scheduling.models import ConsultationRequest, CourseTemplate, SoonerWish, TrustedPerson
from scheduling.proposing import propose
from tests.reminders.letters import due_letter
from tests.scheduling.practice import Practice, at


def of_client(practice: Practice) -> list[str]:
    """A session with somebody who fetches, one without, a place in line, dates proposed, and a calendar address."""
    client, token = practice.client, new_token()
    asked, fetched = practice.book(at("2026-12-30 10:00")), practice.book(at("2027-01-06 10:00"))
    there = {"client": client, "appointment": fetched, "name": "Demo Ash", "token": token, "token_hash": token_hash(token)}
    TrustedPerson.objects.create(**there)
    SoonerWish.objects.create(client=client, kind_id="follow-up", place="video")
    make_feed(client, by=client)
    Preferences.objects.update_or_create(person=client, defaults={"check_in_at": time(18), "check_in_apart": 4})
    template, therapist = CourseTemplate.objects.get(pk="first-three"), practice.therapist
    propose(template, client=client, therapist=therapist, by=therapist, from_day=date(2027, 1, 11))
    own = [f"/sessions/{asked.pk}/sooner/", f"/sessions/{asked.pk}/way-home/ask/", f"/sessions/{fetched.pk}/"]
    course = ["/sessions/course/", "/sessions/course/1/"]
    return ["/sessions/sooner/", "/sessions/sooner/new/", "/settings/calendar/", *course, *own]


def of_visitor(request: ConsultationRequest) -> list[str]:
    """Something sooner under the link, and the page of who fetches somebody."""
    fetching = TrustedPerson.objects.first()
    return [f"/consultation/{request.token}/sooner/", *([f"/pick-up/{fetching.token}/"] if fetching else [])]


def of_therapist(practice: Practice) -> list[str]:
    """Another calendar that is read, and the dates proposed to a client."""
    add_calendar(practice.therapist, "https://calendar.example.org/demo.ics", by=practice.therapist)
    course = f"/course/{practice.client.pk}/"
    return ["/care/availability/calendars/", course, f"{course}1/"]


def of_staff(practice: Practice, newcomer: Person, request: ConsultationRequest) -> list[str]:
    """Letters, a caller, the line, a request's contact, and dates to propose to somebody new."""
    wish = SoonerWish.objects.get(client=practice.client)
    due_letter(practice.client, failed_at=timezone.now(), failure="451")
    line = ["/desk/letters/", "/desk/sooner/", f"/desk/sooner/{wish.pk}/"]
    return ["/desk/book/caller/", *line, f"/desk/requests/{request.pk}/contact/", f"/course/{newcomer.pk}/"]
