"""When somebody is written to about an appointment: the policy of clinical.md section 8, planned with each deed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from koru.moments.spans import Span
from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, Plan, Recipient, hush, hush_each, plan, unhush, withdraw

from .due_times import FORENOON, days_before, evening_after, hours_before, morning_after, quiet_day
from .letter_words import Telling, where_words
from .models import Appointment, Course, Room
from .telling import MISSED, never_confirmed, untold, word_of_change, word_of_missing, word_of_person
from .telling_trusted import tell_trusted_all_the_same, tell_trusted_cancelled, tell_trusted_moved

FIRST_MORNING, CONNECTION = "first-morning", "connection"
AHEAD = ("session-week", "session-two-days", "session-tomorrow", "session-today", "meeting-tomorrow", FIRST_MORNING, CONNECTION)
ANSWERED = "answered"
A_DAY = timedelta(days=1)


def plan_booked(appointment: Appointment, *, by: Person | None) -> None:
    """The confirmation at once, and all reminders ahead."""
    if to := _recipient(appointment):
        telling = Telling.of(appointment)
        plan([_confirmation(telling, to, by), *_ahead(telling, to)])
    _hush(appointment)


def plan_course_booked(course: Course, made: Sequence[Appointment], *, by: Person) -> None:
    """One letter at once, whatever the number of dates: it names the first and leads to all. And each one's reminders."""
    to, rooms, clinic = Recipient.of(course.client), Room.objects.in_bulk([one.room_id for one in made]), the_clinic()
    for one in made:
        one.room = rooms.get(one.room_id)
    tellings = [Telling(one, where_words(one, clinic)) for one in made]
    facts = tellings[0].facts(course.client)
    context = {"count": str(len(made)), "path": reverse("scheduling:sessions")}
    context |= {name: facts[name] for name in ("starts", "ends", "room_zone") if name in facts}
    letter = Plan("course-booked", to, course.pk, not_after=made[-1].starts, context=context, asked=_is(by, to))
    plan([letter, *(ahead for telling in tellings for ahead in _ahead(telling, to))])
    zone = ZoneInfo(course.client.zone)
    hush_each({one.pk: quiet_day(one.begins, zone) for one in made if one.kind_id == "dosing"}, course.client)


def replan_moved(appointment: Appointment, was: Span, *, by: Person | None) -> None:
    """Nothing goes out for the old time any more. The new one has its own reminders, and is told unless it is soon undone."""
    known = untold(appointment)
    withdraw(appointment.pk, "moved")
    _hush(appointment)
    telling = Telling.of(appointment)
    plan(word_of_change(telling, was, known, _told(appointment, by)))
    if to := _recipient(appointment):
        undone = known.get(to.key) == appointment.starts
        plan([_confirmation(telling, to, by)] if undone and never_confirmed(appointment) else [])
        plan(_ahead(telling, to))
    tell_trusted_moved(appointment, was)


def tell_therapist_of_before(appointment: Appointment, was: Span, before: Person, *, by: Person | None) -> None:
    """That time is theirs again."""
    if by is None or by.pk != before.pk:
        told = [Recipient.of(before)]
        plan(word_of_change(Telling.of(appointment), was, {}, told, "cancelled"))


def replan_for(client: Person) -> None:
    """After a move to another zone: what has not gone out yet is due by the new clock. Call it in that deed's transaction."""
    ahead = Appointment.objects.filter(client=client, state=Appointment.State.BOOKED, started_at=None)
    for appointment in ahead.select_related("kind", "therapist", "room", "request"):
        appointment.client = client
        Letter.objects.filter(UNSENT, about=appointment.pk, handed_at=None, kind__in=AHEAD).delete()
        _hush(appointment)
        plan(_ahead(Telling.of(appointment), Recipient.of(client)))


def replan_handed_over(appointment: Appointment, *, by: Person | None) -> None:
    """Who comes knows that somebody else meets them, and whoever that is knows too. Each gets one letter."""
    known = untold(appointment)
    withdraw(appointment.pk, "handed over")
    telling = Telling.of(appointment)
    if to := _recipient(appointment):
        plan(word_of_person(telling, known, to, "somebody-else"))
        plan(_ahead(telling, to))
    if by is None or by.pk != appointment.therapist_id:
        plan(word_of_person(telling, {}, Recipient.of(appointment.therapist), "given"))


def withdraw_cancelled(appointment: Appointment, *, by: Person | None, on_our_side: bool = False) -> None:
    known = untold(appointment)
    withdraw(appointment.pk, "cancelled")
    variant = "cancelled-by-us" if on_our_side else "cancelled"
    unhush(appointment.pk)
    plan(word_of_change(Telling.of(appointment), appointment.span, known, _told(appointment, by), variant))
    tell_trusted_cancelled(appointment)


def tell_missed(appointment: Appointment, reason: str) -> None:
    """As if it had not been, and a kind word to the client, unless it is soon undone."""
    withdraw(appointment.pk, "missed")
    unhush(appointment.pk)
    if appointment.client:
        plan([word_of_missing(Telling.of(appointment), appointment.client, reason)])
    tell_trusted_cancelled(appointment)


def bring_back_missed(appointment: Appointment) -> None:
    """It took place after all: nothing is said of it, and its day is quiet again."""
    withdraw(appointment.pk, "took place", [MISSED])
    tell_trusted_all_the_same(appointment)
    _hush(appointment)


def quieten_started(appointment: Appointment) -> None:
    """The quiet day begins when the session does, also a little early."""
    _hush(appointment)


def replan_ended(appointment: Appointment) -> None:
    """What follows a session follows its actual end, also one put right. What went out already comes no second time."""
    if not appointment.client or not appointment.ended_at:
        return
    for letter in _following(appointment, Recipient.of(appointment.client), appointment.ended_at):
        earlier = Letter.objects.filter(about=appointment.pk, kind=letter.kind)
        if not earlier.exclude(handed_at=None).exists() and not earlier.filter(withdrawn_why=ANSWERED).exists():
            earlier.filter(UNSENT).delete()
            plan([letter])


def _hush(appointment: Appointment) -> None:
    if appointment.kind_id == "dosing" and appointment.client:
        hush(appointment.pk, appointment.client, quiet_day(appointment.begins, ZoneInfo(appointment.client.zone)))


def _recipient(appointment: Appointment) -> Recipient | None:
    """The client, or the visitor while there is no client."""
    if appointment.client:
        return Recipient.of(appointment.client)
    request = appointment.request
    return Recipient(request.zone, address=request.email) if request and request.email else None


def _is(by: Person | None, to: Recipient) -> bool:
    return (by.pk if by else None) == (to.person.pk if to.person else None)


def _confirmation(telling: Telling, to: Recipient, by: Person | None) -> Plan:
    return _letter(telling, "appointment-booked" if to.person else "consultation-booked", to, None, asked=_is(by, to))


def _letter(
    telling: Telling,
    kind: str,
    to: Recipient,
    due_at: datetime | None,
    offset: str = "",
    *,
    asked: bool = False,
    **context: str,
) -> Plan:
    """A letter that loses its use when the appointment begins."""
    appointment = telling.appointment
    return Plan(
        kind=kind,
        to=to,
        about=appointment.pk,
        revision=appointment.revision,
        due_at=due_at,
        not_after=appointment.starts,
        offset=offset,
        context={**telling.facts(to.person), **context},
        token=telling.token(to.person),
        asked=asked,
    )


def _told(appointment: Appointment, by: Person | None) -> Iterator[Recipient]:
    """The client or visitor, the therapist and who sits in, unless it was their own deed."""
    if to := _recipient(appointment):
        yield to
    for person in (appointment.therapist, appointment.second_person):
        if person and (by is None or by.pk != person.pk):
            yield Recipient.of(person)


def _ahead(telling: Telling, to: Recipient) -> Iterator[Plan]:
    appointment = telling.appointment
    start, zone = appointment.starts, ZoneInfo(to.zone)
    day_before = days_before(start, 1, zone)
    if to.person is None:
        yield _letter(telling, "consultation-soon", to, day_before, "1d")
        yield _letter(telling, "consultation-soon", to, hours_before(start, 1), "1h", variant="hour")
    elif appointment.kind_id == "dosing":
        yield _letter(telling, "session-week", to, days_before(start, 7, zone, FORENOON), "7d")
        yield _letter(telling, "session-two-days", to, days_before(start, 2, zone, FORENOON), "2d")
        yield _letter(telling, "session-tomorrow", to, day_before, "1d")
        yield _letter(telling, "session-today", to, hours_before(start, 2), "2h")
    else:
        yield _letter(telling, "meeting-tomorrow", to, day_before, "1d")
    if to.person:
        yield from _following(appointment, to, appointment.ends)


def _following(appointment: Appointment, to: Recipient, end: datetime) -> Iterator[Plan]:
    """What follows it. Their offset is a date: ended on the booked day, they are the very letters planned with the booking."""
    if appointment.kind_id == "dosing":
        yield _first_morning(appointment, to, end)
    if appointment.kind_id != "consultation":
        due = evening_after(end, ZoneInfo(to.zone), is_dosing=appointment.kind_id == "dosing")
        context, offset = {"path": f"/connection/after/{appointment.pk}/"}, due.astimezone(ZoneInfo(to.zone)).date().isoformat()
        yield Plan(CONNECTION, to, appointment.pk, appointment.revision, due, due + A_DAY, offset, context)


def _first_morning(appointment: Appointment, to: Recipient, end: datetime) -> Plan:
    morning = _morning(end, to.zone)
    context = {"path": "/check-in/after/"}
    offset = morning.date().isoformat()
    return Plan(FIRST_MORNING, to, appointment.pk, appointment.revision, morning, offset=offset, context=context)


def _morning(end: datetime, zone: str) -> datetime:
    return morning_after(end, ZoneInfo(zone)).astimezone(ZoneInfo(zone))
