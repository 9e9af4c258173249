"""Twelve hours before a session without somebody named who takes them home, the desk is written to: that something is open."""

from datetime import datetime

from koru.people.models import Person, Role
from koru.reminders.planning import Plan, Recipient, plan

from .models import Appointment
from .way_home import MISSING, unanswered


def tell_the_desk_who_waits(now: datetime) -> None:
    """One letter a session to each at the desk, however often this looks. It loses its use when the session begins."""
    staff = list(Person.objects.filter(role=Role.STAFF, is_active=True))
    for session in Appointment.objects.filter(unanswered(now)).order_by("during"):
        plan(_letter(session, person) for person in staff)


def _letter(session: Appointment, to: Person) -> Plan:
    context = {"path": "/desk/"}
    return Plan(MISSING, Recipient.of(to), session.pk, session.revision, not_after=session.starts, context=context, asked=False)
