"""What the one who fetches a client is written: when, where, and a link; no name, no reason. And the client, when they can't."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.clinic import the_clinic
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, Plan, Recipient, plan, withdraw

from .letter_words import where_words
from .models import Appointment, TrustedPerson
from .telling import UNDO

ASKED, CHANGED, CANNOT = "pick-up-asked", "pick-up-changed", "pick-up-cannot"


def ask(there: TrustedPerson) -> None:
    if there.email:
        plan([_letter(there, ASKED)])


def tell_trusted_moved(appointment: Appointment, was: Span) -> None:
    """Two minutes later, and only if the time is another one than they know."""
    there = _of(appointment)
    if there is None or not there.email:
        return
    unsent = Letter.objects.filter(UNSENT, about=there.pk, handed_at=None)
    if unsent.filter(kind=ASKED).exists():
        unsent.delete()
        plan([_letter(there, ASKED)])
        return
    waiting = unsent.filter(kind=CHANGED).values_list("context__before", flat=True).first()
    known = datetime.fromisoformat(waiting) if waiting else was.end
    unsent.filter(kind=CHANGED).delete()
    if known != appointment.ends:
        plan([_letter(there, CHANGED, due_at=timezone.now() + UNDO, before=known.isoformat())])


def tell_trusted_cancelled(appointment: Appointment) -> None:
    there = _of(appointment)
    if there is None or not there.email:
        return
    knew_nothing = Letter.objects.filter(UNSENT, about=there.pk, handed_at=None, kind=ASKED).exists()
    withdraw(there.pk, "cancelled")
    if not knew_nothing:
        plan([_letter(there, CHANGED, due_at=timezone.now() + UNDO, variant="cancelled")])


def tell_trusted_all_the_same(appointment: Appointment) -> None:
    """That it was called off was a mistake: what has not gone out about it doesn't."""
    Letter.objects.filter(
        UNSENT, kind=CHANGED, context__variant="cancelled", handed_at=None, about__in=_ids(appointment)
    ).delete()


def _ids(appointment: Appointment) -> "QuerySet[TrustedPerson, UUID]":
    return TrustedPerson.objects.filter(appointment=appointment).values_list("pk", flat=True)


def tell_client_no(there: TrustedPerson) -> None:
    """About the way home: that it is open again."""
    client, path = there.client, reverse("scheduling:session", args=[there.appointment_id])
    told = Plan(
        CANNOT,
        Recipient.of(client),
        there.pk,
        there.appointment.revision,
        not_after=there.appointment.starts,
        offset=timezone.now().isoformat(timespec="seconds"),
        context={"path": path, **_times(there.appointment)},
        asked=False,
    )
    plan([told])


def withdraw_no(there: TrustedPerson) -> None:
    withdraw(there.pk, "they come after all", [CANNOT])


def _of(appointment: Appointment) -> TrustedPerson | None:
    return TrustedPerson.objects.filter(appointment=appointment).select_related("appointment", "client").first()


def _letter(there: TrustedPerson, kind: str, due_at: datetime | None = None, **more: str) -> Plan:
    """It speaks of when to fetch them: the end. By the clock of the room."""
    appointment, clinic = there.appointment, the_clinic()
    zone = appointment.room.zone if appointment.room else clinic.zone
    context = {"path": "/pick-up/{token}/", "where": where_words(appointment, clinic), **_times(appointment), **more}
    return Plan(
        kind,
        Recipient(zone, address=there.email),
        there.pk,
        appointment.revision,
        due_at,
        not_after=appointment.ends,
        offset=more.get("variant", ""),
        context=context,
        token=there.token,
        asked=False,
    )


def _times(appointment: Appointment) -> dict[str, str]:
    return dict(_said(appointment))


def _said(appointment: Appointment) -> Iterator[tuple[str, str]]:
    yield "starts", appointment.ends.isoformat()
    if appointment.room:
        yield "room_zone", appointment.room.zone
