"""Asking somebody to fetch one after a session, and their own yes or no. Nothing clinical is told them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import withdraw
from koru.sealing.tokens import new_token, token_hash

from .alone import deed
from .models import Appointment, TrustedPerson
from .refusals import NotNow
from .telling_trusted import ask, tell_client_no, withdraw_no

State = Appointment.State


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a client names: a name, and where a link can go. Without an address the client passes it on themselves."""

    name: str
    email: str = ""
    phone: str = ""


@neither
@deed
def ask_somebody(appointment: Appointment, named: Named, *, by: Person) -> TrustedPerson:
    """Name who fetches the client, and send them a link. The same person again: the link there is; another: a new one.

    Help for one's own way home is never put off, so it doesn't wait for tomorrow. Raises NotNow once it has begun.
    """
    if by.pk != appointment.client_id:
        raise Http404
    current, now = Appointment.objects.locked(appointment.pk), timezone.now()
    if current.state != State.BOOKED or current.ends <= now or not current.kind.needs_escort:
        raise NotNow
    there = TrustedPerson.objects.filter(appointment=current).first()
    if there and (there.name, there.email, there.phone) == (named.name, named.email, named.phone) and not there.no_at:
        return there
    if there:
        _forget(there)
    token = new_token()
    words = {"name": named.name, "email": named.email, "phone": named.phone, "token": token}
    made = TrustedPerson(client=by, appointment=current, token_hash=token_hash(token), asked_at=now, **words)
    made.save(force_insert=True)
    _note_way_home(current, ", ".join(part for part in (named.name, named.phone) if part), now)
    ask(made)
    return made


@narrows
@deed
def take_back(appointment: Appointment, *, by: Person) -> None:
    """The link opens nothing from now on, and no letter goes out. Twice is as once."""
    if by.pk != appointment.client_id:
        raise Http404
    current = Appointment.objects.locked(appointment.pk)
    if there := TrustedPerson.objects.filter(appointment=current).first():
        _forget(there)
        _note_way_home(current, "", None)


@deed
def say_yes(token: str) -> TrustedPerson | None:
    """By whoever has the link: they come. It answers the way home. None when the link opens nothing."""
    there = _held(token)
    if there is None or there.appointment.state != State.BOOKED:
        return there
    if not there.has_said_yes:
        there.yes_to, there.no_at = there.appointment.starts, None
        there.save(update_fields=["yes_to", "no_at"])
        words = ", ".join(part for part in (there.name, there.phone) if part)
        _note_way_home(there.appointment, there.appointment.way_home or words, timezone.now())
        withdraw_no(there)
    return there


@deed
def say_no(token: str) -> TrustedPerson | None:
    """They can't. The way home is open again, the desk sees it, and the client is told kindly."""
    there = _held(token)
    if there is None or there.appointment.state != State.BOOKED:
        return there
    if there.no_at is None:
        there.yes_to, there.no_at = None, timezone.now()
        there.save(update_fields=["yes_to", "no_at"])
        _note_way_home(there.appointment, "", None)
        tell_client_no(there)
    return there


def behind(token: str, now: datetime) -> TrustedPerson | None:
    """Whom a link belongs to, while it opens anything: until a day after the end."""
    rows = TrustedPerson.objects.select_related("appointment", "appointment__room", "appointment__kind", "client")
    found = rows.filter(token_hash=token_hash(token)).first()
    return found if found and found.ends > now and found.client.is_active else None


def _held(token: str) -> TrustedPerson | None:
    """The same with its appointment held, as both are now."""
    found = behind(token, timezone.now())
    if found is None:
        return None
    appointment = Appointment.objects.locked(found.appointment_id)
    there = TrustedPerson.objects.select_related("client").filter(pk=found.pk).first()
    if there:
        there.appointment = appointment
    return there


def _note_way_home(appointment: Appointment, words: str, at: datetime | None) -> None:
    appointment.way_home, appointment.way_home_at = words, at
    appointment.save(update_fields=["way_home", "way_home_at"])


def _forget(there: TrustedPerson) -> None:
    withdraw(there.pk, "taken back")
    Letter.objects.filter(about=there.pk, handed_at=None).delete()
    there.delete()


def forget_those_over(now: datetime) -> int:
    """Take away, a day after the end, who was named and the addresses their letters went to. How many. Twice is as once."""
    over = [one for one in TrustedPerson.objects.select_related("appointment") if one.ends <= now]
    Letter.objects.filter(about__in=[one.pk for one in over]).delete()
    for one in over:
        one.delete()
    return len(over)
