"""Who sits in beside the therapist: named, changed or taken out at the desk. The database keeps them from two places."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed, overlap_as
from .holds import make_way
from .models import Appointment, AppointmentChange, SecondPerson
from .refusals import NobodySitsIn, NotNow
from .standing import traced


def who_may_sit_in(appointment: Appointment) -> QuerySet[Person]:
    """Those named for its kind, but for the one who leads; by name. Whether they are free then, the deed finds out."""
    named = Person.objects.filter(
        is_active=True, role__in=["therapist", "staff"], skills__kind=appointment.kind_id, skills__part="second"
    )
    return named.exclude(pk=appointment.therapist_id).order_by("display_name", "pk")


@neither
@deed
def sit_in(appointment: Appointment, person: Person | None, *, by: Person) -> Appointment:
    """Let them sit in, or nobody. Twice is as once.

    The desk decides hours by name here: who comes outside of theirs is listed with what lies outside. Raises NobodySitsIn
    when they are elsewhere then or the kind needs somebody, NotNow for what runs, is over or cancelled.
    """
    if not by.is_desk:
        raise Http404
    now = timezone.now()
    make_way(None, now)
    current = Appointment.objects.locked(appointment.pk)
    with traced(current.client, by, "second person changed", current.pk):
        if current.second_person_id == (person.pk if person else None):
            return current
        if current.state != Appointment.State.BOOKED or current.started_at or current.starts <= now:
            raise NotNow
        _check(current, person)
        current.second_person = person
        with overlap_as(lambda: NobodySitsIn("They are elsewhere then.")):
            current.save(update_fields=["second_person"])
        AppointmentChange.objects.create(appointment=current, what="sits_in", by=by, became=current.starts)
    return current


def _check(appointment: Appointment, person: Person | None) -> None:
    if person is None and appointment.kind.second_person == SecondPerson.REQUIRED:
        raise NobodySitsIn("Somebody always sits in on these. Name another, or move it.")
    if person is not None and not who_may_sit_in(appointment).filter(pk=person.pk).exists():
        raise NobodySitsIn("They aren't named to sit in on these.")
