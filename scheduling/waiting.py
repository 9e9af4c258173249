"""A place in line for something sooner: taken, changed, left. Who cancels leaves it too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .alone import deed
from .models import Appointment, AppointmentKind, ConsultationRequest, Place, SoonerOffer, SoonerWish
from .refusals import NotNow


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What somebody waits for. `about`: the later appointment that it would move. No therapist: any of their own."""

    kind: AppointmentKind
    about: Appointment | None = None
    therapist: Person | None = None
    place: str = Place.VIDEO
    weekdays: Sequence[int] = field(default_factory=tuple)
    parts: Sequence[str] = field(default_factory=tuple)
    first_day: date | None = None
    last_day: date | None = None
    notice_hours: int = 24


@neither
@deed
def wait_for_sooner(waits: Waits, *, by: Person | None, request: ConsultationRequest | None = None) -> SoonerWish:
    """Take a place in line, or change what one waits for: the place stays. Nothing is booked by it.

    `by` None: a visitor, by the link of their request. Raises NotNow when what it is about can't be moved any more.
    """
    _check(waits, by, request)
    now = timezone.now()
    said = {
        "about": waits.about,
        "therapist": waits.therapist,
        "place": Place.ROOM if waits.kind.needs_room else waits.place,
        "weekdays": sorted(waits.weekdays),
        "parts": list(waits.parts),
        "first_day": waits.first_day,
        "last_day": waits.last_day,
        "notice_hours": waits.notice_hours,
    }
    whose = {"client": by, "request": request, "kind": waits.kind, "ended_at": None}
    wish, _ = SoonerWish.objects.update_or_create(**whose, defaults=said, create_defaults={**whose, **said, "made_at": now})
    return wish


def _check(waits: Waits, by: Person | None, request: ConsultationRequest | None) -> None:
    about = waits.about
    if by is None:
        allowed = request is not None and waits.kind.visitor_may_book and about is not None and about.request_id == request.pk
    else:
        allowed = by.is_client and waits.kind.client_may_book and (about is None or about.client_id == by.pk)
    if not allowed:
        raise Http404
    if about and (about.state != Appointment.State.BOOKED or about.starts <= timezone.now() or about.kind_id != waits.kind.pk):
        raise NotNow


@narrows
@deed
def wait_no_more(wish: SoonerWish, *, by: Person | None) -> None:
    """Leave the line; a time that is held for them is free. By the one who waits or the desk. Twice is as once."""
    if not (by is None or by.is_desk or by.pk == wish.client_id):
        raise Http404
    end_wishes([wish.pk])


def leave_line(appointment: Appointment) -> None:
    """Who cancels waits no more for that kind of time. Call it in the deed's transaction."""
    mine = SoonerWish.objects.filter(ended_at=None, kind=appointment.kind_id)
    whose = mine.filter(client=appointment.client_id) if appointment.client_id else mine.filter(request=appointment.request_id)
    end_wishes(list(whose.values_list("pk", flat=True)))


def end_wishes(ids: Sequence[UUID]) -> None:
    """Call it in the deed's transaction."""
    now = timezone.now()
    SoonerWish.objects.filter(pk__in=ids, ended_at=None).update(ended_at=now)
    offers = SoonerOffer.objects.filter(wish__in=ids, answer="")
    Appointment.objects.filter(sooner_offer__in=offers, state=Appointment.State.HELD).delete()
    offers.update(answer=SoonerOffer.Answer.PASSED, answered_at=now)
