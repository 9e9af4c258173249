"""What the desk does with a consultation request: offers a time, notes the talk, invites, or closes it kindly.

Each deed can be sent twice: the second time changes nothing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.spans import Span
from koru.people.models import Invitation, Person
from koru.reminders.planning import plan, withdraw
from scheduling.alone import deed
from scheduling.booking import book
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AppointmentChange, AppointmentKind, ConsultationRequest
from scheduling.session_day import end, miss

from .inviting import invite_by_letter
from .lapsing import word_of_closing

State = ConsultationRequest.State


class NotYet(Exception):
    """The step doesn't follow from where the request stands. `words` says what does."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@neither
@deed
def offer_time(
    request: ConsultationRequest,
    start: datetime,
    *,
    therapist: Person,
    second_person: Person | None = None,
    place: str,
    by: Person,
    key: UUID,
) -> Appointment:
    """Book the free talk for somebody who asked for one; they get the same letters as one who picked it themselves."""
    current = _locked(request)
    if twice := Appointment.objects.filter(request=current, booked_by=by, key=key).first():
        return twice
    if current.state not in (State.NEW, State.CANCELLED, State.NO_ANSWER, State.LAPSED):
        raise NotYet("There is a time already. It can be moved.")
    kind = AppointmentKind.objects.get(pk="consultation")
    made = book(kind, start, therapist=therapist, second_person=second_person, place=place, by=by, request=current, key=key)
    _set(current, State.BOOKED, by)
    return made


@neither
@deed
def mark_held(request: ConsultationRequest, *, by: Person) -> ConsultationRequest:
    """The talk took place: at its time, or earlier, by a call. What was still to remind of it is taken back."""
    current = _locked(request)
    if current.state in (State.MET, State.INVITED):
        return current
    talk = _talk(current)
    if talk and talk.state == Appointment.State.BOOKED:
        _end(talk, by)
    return _set(current, State.MET, by)


@neither
@deed
def invite_to_account(
    request: ConsultationRequest, *, by: Person, therapist: Person | None, send_at: datetime | None = None
) -> Invitation:
    """Send the link to an account. Raises NotYet before the talk, AlreadyInvited when the address has an account."""
    current = _locked(request)
    if current.state in (State.NEW, State.BOOKED, State.CANCELLED):
        raise NotYet("Mark the talk as held first.")
    if not current.email:
        raise NotYet("Add their mail address first: the link goes there.")
    opened: Invitation | None = Invitation.objects.open().filter(about=current.pk).first()
    if opened:
        return opened
    invitation = invite_by_letter(
        current.email, current.name, by=by, zone=current.zone, therapist=therapist, about=current.pk, send_at=send_at
    )
    _set(current, State.INVITED, by)
    return invitation


@narrows
@deed
def decline(request: ConsultationRequest, *, by: Person, reason: str = "asked", tell: bool = False) -> ConsultationRequest:
    """Not now, and why. A talk still ahead is cancelled, an open link is withdrawn. `tell`: they are written kind words, once.

    Raises NotYet for who has an account.
    """
    current = _locked(request)
    if current.client_id or Invitation.objects.filter(about=current.pk).exclude(accepted_at=None).exists():
        raise NotYet("They have an account already.")
    talk = _talk(current)
    if talk and talk.state == Appointment.State.BOOKED and talk.span.start > timezone.now():
        cancel(talk, by=by, reason="clinic")
    for invitation in Invitation.objects.open().filter(about=current.pk):
        withdraw(invitation.pk, "not now")
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now(), about=None)
    if tell:
        plan(word_of_closing(current, reason))
    current.declined_for = reason
    current.save(update_fields=["declined_for"])
    return _set(current, State.DECLINED, by)


@narrows
@deed
def no_answer(request: ConsultationRequest, *, by: Person) -> ConsultationRequest:
    """Nobody picked up. A talk whose time has come is marked missed; one ahead stays."""
    current = _locked(request)
    if current.state in (State.MET, State.INVITED):
        raise NotYet("The talk has been held already.")
    talk = _talk(current)
    if talk and talk.state == Appointment.State.BOOKED:
        if talk.span.start > timezone.now():
            raise NotYet("The talk is still ahead.")
        miss(talk, by=by)
    return _set(current, State.NO_ANSWER, by)


def _locked(request: ConsultationRequest) -> ConsultationRequest:
    return ConsultationRequest.objects.select_for_update().get(pk=request.pk)


def _talk(request: ConsultationRequest) -> Appointment | None:
    return request.appointments.kept().select_related("kind").order_by("-booked_at", "-id").first()


def _set(request: ConsultationRequest, state: str, by: Person) -> ConsultationRequest:
    """The step, and whose it is: the first at the desk who takes it up."""
    request.state = state
    request.owner = request.owner or by
    request.save(update_fields=["state", "owner"])
    return request


def _end(talk: Appointment, by: Person) -> None:
    now = timezone.now()
    if talk.span.start < now:
        end(talk, by=by, at=min(now, talk.span.end))
    else:
        _talked_earlier(talk, now, by)


def _talked_earlier(talk: Appointment, now: datetime, by: Person) -> None:
    """They talked just now, before the time that was booked: the row tells when it really was, and the time is free."""
    current = Appointment.objects.locked(talk.pk)
    was, length = current.starts, current.span.minutes
    took = Span.lasting(now - timedelta(minutes=length), length)
    current.during, current.padded = took.range, took.padded(current.before, current.after).range
    current.state, current.started_at, current.ended_at = Appointment.State.MET, took.start, took.end
    current.revision += 1
    current.save(update_fields=["during", "padded", "state", "started_at", "ended_at", "revision"])
    AppointmentChange.objects.create(appointment=current, what="ended", by=by, was=was, became=took.start)
    withdraw(current.pk, "talked earlier")
