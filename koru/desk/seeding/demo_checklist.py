"""The demo's checklist: its numbers filled in, under the name of a made-up prescriber."""

from koru.people.clinic import clinic_today
from scheduling.models import ChecklistItem

BY = "Demo Prescriber, prescriber of the demo clinic"


def fill_checklist() -> None:
    """A real clinic fills in its own, and its prescriber puts a name to them."""
    for item in ChecklistItem.objects.filter(rule__contains="["):
        item.rule = item.rule.replace("[", "").replace("]", "")
        item.approved_by, item.approved_on = BY, clinic_today()
        item.save(update_fields=["rule", "approved_by", "approved_on"])
