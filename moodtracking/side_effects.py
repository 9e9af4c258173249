"""How the body took a session: what is asked, and when the clinic would like to hear about it (clinical.md 3.2)."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.safety.help_now import help_for
from scheduling.models import Appointment

from .item_sets import load
from .models import CheckIn

STRONG = 3
NEXT_MORNING = ("side_effect:unreal", "side_effect:pressure")
BLADDER = "side_effect:bladder"
ABOUT_FOR = timedelta(days=8)


def calls_for_the_clinic(answers: Mapping[str, float], days_since: int | None, bladder_before: bool) -> bool:
    """Any strong one; far away or a pounding head from the next morning on, if moderate; the bladder a second time."""
    if any(value >= STRONG for value in answers.values()):
        return True
    if days_since != 0 and any(answers.get(key, 0) >= 2 for key in NEXT_MORNING):
        return True
    return bladder_before and answers.get(BLADDER, 0) >= 1


def session_to_ask_about(client: Person) -> Appointment | None:
    """The dosing session of the last days."""
    now = timezone.now()
    begun = Appointment.objects.dosing().filter(client=client, state__in=["booked", "met"])
    return begun.filter(during__startswith__lte=now, during__startswith__gt=now - ABOUT_FOR).order_by("-during").first()


def clinic_words(row: CheckIn) -> str:
    """What the page says at once when an answer is strong; nothing otherwise."""
    if row.kind != CheckIn.Kind.SIDE_EFFECT or not calls_for_the_clinic(row.answers, _days_since(row), _bladder_before(row)):
        return ""
    known = help_for(row.client.region)
    emergency = next((line.call for line in known.lines.emergency), known.lines.local_emergency)
    words = {"clinic_phone": known.phone, "clinic_hours": known.hours, "emergency": emergency}
    return str(load().words["saved_and_call"]).format(**words).replace(", .", ".")


def _days_since(row: CheckIn) -> int | None:
    if row.about_appointment is None:
        return None
    zone = ZoneInfo(row.zone)
    return (row.local_date - local_day(row.about_appointment.span.start, zone, row.client.day_starts)).days


def _bladder_before(row: CheckIn) -> bool:
    others = CheckIn.objects.written_by(row.client).kept().filter(kind=CheckIn.Kind.SIDE_EFFECT, at__lt=row.at)
    return others.filter(**{f"answers__{BLADDER}__gte": 1}).exists()
