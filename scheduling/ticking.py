"""Ticking a line of one's checklist: kept at once, and one's own."""

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed
from .checklists import ChecklistItem, ChecklistTick
from .models import Appointment

READ_ONLY = (ChecklistItem.About.ESCORT, ChecklistItem.About.NOTE)  # the way home is named, a rule is read


@neither
@deed
def tick(appointment: Appointment, item: ChecklistItem, *, done: bool, by: Person) -> None:
    """Tick a line, or take the tick away. Twice is as once; the first time stays."""
    fits = item.is_open and item.kind_id == appointment.kind_id and item.about not in READ_ONLY
    if by.pk != appointment.client_id or not fits or appointment.state not in ("booked", "met"):
        raise Http404
    if not done:
        ChecklistTick.objects.filter(appointment=appointment, item=item, client=by).delete()
        return
    ticked = ChecklistTick(client=by, appointment=appointment, item=item, at=timezone.now())
    ChecklistTick.objects.bulk_create([ticked], ignore_conflicts=True)
