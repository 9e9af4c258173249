"""How many flags wait, for admins: numbers, never names or causes. And what a clinic still has to say about cover."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from koru.people.models import Clinic, Person
from koru.safety.climbing import LAST
from koru.safety.flags import Flag
from koru.safety.help_now import to_check_again
from koru.safety.levels import Level


@dataclass(frozen=True, slots=True)
class Counts:
    """`beyond`: urgent ones that nobody has looked at in four times the time they had. `unchecked`: lines of Help now."""

    open: int
    urgent: int
    overdue: int
    beyond: int
    no_cover_said: bool
    no_lead: bool
    unchecked: tuple[str, ...]


def count_flags() -> Counts:
    now = timezone.now()
    unseen, urgent = Q(state="open"), Q(level=Level.URGENT)
    numbers = Flag.objects.open().aggregate(
        open=Count("pk"),
        urgent=Count("pk", filter=urgent),
        overdue=Count("pk", filter=unseen & Q(due_at__lte=now)),
        beyond=Count("pk", filter=unseen & urgent & Q(climbed__gte=LAST[Level.URGENT])),
    )
    nobody = Q(on_call=None, next_on_call=None) | Q(on_call_is_quiet=True)
    silent = Clinic.objects.filter(nobody, no_cover_words="").exists()
    return Counts(**numbers, no_cover_said=silent, no_lead=not Person.objects.leads().exists(), unchecked=unchecked(now.date()))


def unchecked(on: date) -> tuple[str, ...]:
    """Lines of Help now that nobody has called or looked up for 180 days: "US: 988 Suicide & Crisis Lifeline"."""
    return tuple(f"{line.region}: {line.name}" for line in to_check_again(on))
