"""What stands on a page only while something goes on: a time that is held, an offer to answer, a session of this day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from scheduling.booking import Asked
from scheduling.cancelling import cancel
from scheduling.holding import hold
from scheduling.models import Appointment, AppointmentKind
from scheduling.moving import move
from scheduling.offering_sooner import offer
from scheduling.waiting import Waits, wait_for_sooner
from tests.care.world import write
from tests.people import ally, cleared, make_client, make_room, make_therapist
from tests.scheduling.course import booked, pair
from tests.scheduling.practice import LONG_AGO, Practice, at, kind_of, works


@dataclass
class GoingOn:
    """`soon` is a client with two therapists, the practice's and `other`; `sick_day` is for the one of the practice."""

    practice: Practice
    other: Person
    soon: Person
    sick_day: Appointment
    tomorrow: Appointment

    def hold(self) -> None:
        """Times that a client and the desk hold. Last of all: whoever books lets go of what they hold."""
        asked = Asked(kind=kind_of("integration"), therapist=self.other, place="video", client=self.soon)
        hold(asked, at("2026-12-03 10:00"), by=self.soon)
        hold(asked, at("2026-12-04 10:00"), by=self.practice.staff)

    def of_soon(self) -> list[str]:
        """Where a time is held, where one is offered, where the way home is asked about again, and dates to propose."""
        held = f"/sessions/book/?kind=integration&place=video&with={self.other.pk}"
        return [
            held,
            "/sessions/sooner/",
            *(f"/sessions/{self.tomorrow.pk}/{page}" for page in ("", "brief/")),
            "/sessions/course/",
        ]

    def of_staff(self) -> list[str]:
        kinds = AppointmentKind.objects.order_by("-minutes", "slug").values_list("slug", flat=True)
        held = f"/desk/book/?client={self.soon.pk}&for={list(kinds).index('integration')}&place=video&with={self.other.pk}"
        ahead = [f"/desk/appointments/{one.pk}/" for one in (self._moved(), self._outside(), self._without())]
        return [held, *ahead, *self._this_day()]

    def _moved(self) -> Appointment:
        made = self._of(at("2026-12-08 10:00"))
        return move(made, at("2026-12-08 13:00"), by=self.practice.staff)

    def _outside(self) -> Appointment:
        return self._of(at("2026-12-08 20:00"))

    def _without(self) -> Appointment:
        """A session of a course whose integration meeting was called off."""
        client = cleared(make_client(), date(2027, 12, 31))
        therapist = make_therapist()
        works(therapist)
        ally(client, therapist, since=LONG_AGO)
        session, meeting = pair(booked(replace(self.practice, client=client, therapist=therapist)))
        cancel(meeting, by=self.practice.staff, reason="client_asked")
        return session

    def _this_day(self) -> list[str]:
        """At noon: one to come, one who is here, one that is over, and one that was missed."""
        times, there = timezone.now(), {"room": make_room(), "place": "room"}
        day = [
            self._of(at("2026-11-24 13:30"), **there),
            self._of(at("2026-11-24 12:30"), **there, arrived_at=times),
            self._of(at("2026-11-24 10:30"), **there),
            self._of(at("2026-11-24 09:30"), **there, state="missed"),
        ]
        return [f"/sessions/{one.pk}/times/" for one in day]

    def _of(self, start: datetime, **said: Any) -> Appointment:
        return meeting(self.other, start, **said)


def meeting(therapist: Person, start: datetime, **said: Any) -> Appointment:
    """As booked, whatever the rules say now."""
    span = Span.lasting(start, 50)
    plain = {"kind_id": "integration", "therapist": therapist, "place": "video", "before": 0, "after": 0, "revision": 0}
    spans = {"during": span.range, "padded": span.range}
    made: Appointment = Appointment.objects.create(**{"client": make_client(), **plain, **spans, **said})
    return made


def going_on(practice: Practice) -> GoingOn:
    other, soon = make_therapist(), make_client()
    works(other)
    for therapist in (practice.therapist, other):
        ally(soon, therapist, since=LONG_AGO)
    later = meeting(practice.therapist, at("2026-12-14 13:00"), client=soon)
    here = {"room": make_room(), "place": "room", "kind_id": "dosing", "client": soon}
    named = {"way_home": "Demo Ash", "way_home_at": timezone.now() - timedelta(days=3)}
    tomorrow = meeting(other, at("2026-11-25 10:00"), **here, **named)
    wish = wait_for_sooner(Waits(kind=kind_of("integration"), about=later), by=soon)
    offer(wish, at("2026-12-02 10:00"), other.pk, by=practice.staff)
    write(soon, "bring_to_session", at=timezone.now() - timedelta(hours=2))
    return GoingOn(practice, other, soon, later, tomorrow)
