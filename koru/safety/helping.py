"""What a client does on the page with help. Each step is kept; none of them asks how bad it is."""

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.reminders.planning import pause_asking

from .flags import Flag, FlagStep
from .levels import Level
from .noticing import ask_for_help
from .raising import count_anew
from .steps import just_noted, note_step
from .telling import tell

What = FlagStep.What
OWN_STEPS = {"carried_on": What.CARRIED_ON, "help": What.HELP, "plan": What.PLAN}


@neither
@transaction.atomic
def did(flag: Flag, what: str, *, by: Person) -> None:
    """They carried on, opened help or opened their plan. Help is noted once: how often, and whom, is theirs alone."""
    Flag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    step = OWN_STEPS[what]
    noted = FlagStep.objects.filter(flag=flag, what=step).exists() if step == What.HELP else just_noted(flag, step, by)
    if not noted:
        note_step(flag, step, by=by)


@narrows
@transaction.atomic
def ask_for_call(flag: Flag, number: str, best_time: str, *, by: Person) -> Flag:
    """ "Please call me today": urgent from now on, with their number and when it suits. Asked twice it is once.

    For a flag that has been closed meanwhile it is a new cause: they ask for help.
    """
    current = Flag.objects.of_client(by).open().select_related("client", "owner").select_for_update(of=("self",))
    flag = current.filter(pk=flag.pk).first() or ask_for_help(by, by=by)
    words, now = f"{number}\n{best_time}", timezone.now()
    if flag.call_words != words:
        note_step(flag, What.CALL, by=by)
    anew = flag.level < Level.URGENT or flag.state != Flag.State.OPEN
    if anew:
        count_anew(flag, Level.URGENT, now, by=by)
    flag.call_words, flag.call_asked_at = words, flag.call_asked_at if flag.call_words == words else now
    flag.save()
    pause_asking(flag.pk, by)
    if anew:
        tell(flag)
    return flag
