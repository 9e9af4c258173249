"""What happened to a flag, written down as it happens."""

from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .flags import Flag, FlagStep


@neither
def note_step(flag: Flag, what: FlagStep.What, *, by: Person | None, outcome: str = "", note: str = "") -> FlagStep:
    """One more step, at the end. `by` None: the clock."""
    number = FlagStep.objects.filter(flag=flag).count()  # several at one instant stay in order
    step = FlagStep(
        flag=flag, client_id=flag.client_id, at=timezone.now(), number=number, what=what, by=by, outcome=outcome, note=note
    )
    step.save(force_insert=True)
    return step


def just_noted(flag: Flag, what: FlagStep.What, who: Person, outcome: str = "", note: str = "") -> bool:
    """Whether the last thing that happened is the very same: a form sent twice."""
    last = FlagStep.objects.filter(flag=flag, client=flag.client_id).last()
    return last is not None and (last.what, last.by_id, last.outcome, last.note) == (what, who.pk, outcome, note)
