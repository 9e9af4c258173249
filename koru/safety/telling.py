"""Telling those who have to look: letters that say no more than that (T2). Planned in the transaction of the flag."""

from collections.abc import Iterable

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.reminders.planning import Plan, Recipient, plan

from .duty import on_duty
from .flags import Flag
from .levels import Level
from .owning import covering

LETTER = "flag"
LIST, HOME = "/care/flags/", "/home/"


def tell(flag: Flag) -> None:
    """Its owner and who covers; for an urgent one whoever is on call too. A routine one stands in the list alone."""
    if flag.level == Level.ROUTINE:
        return
    on_call = on_duty(the_clinic())[:1] if flag.is_urgent else []
    write_to(flag, [flag.owner, *covering(flag.client), *on_call])


def tell_more(flag: Flag) -> None:
    """Nobody has looked in time: who is told at each step (clinical.md 5.4). The last is a banner for admins, no letter.

    First whoever is on call again and who comes next, or the owner where nobody is; then the clinical leads.
    """
    if flag.level == Level.URGENT and flag.climbed == 1:
        write_to(flag, on_duty(the_clinic()) or [flag.owner])
    elif (flag.level, flag.climbed) in {(Level.URGENT, 2), (Level.PROMPT, 1)}:
        write_to(flag, Person.objects.leads())


def write_to(flag: Flag, people: Iterable[Person]) -> None:
    """One letter each for this step. Quiet hours hold it back, but by the clinic's rule not from who is on call, when urgent."""
    clinic = the_clinic()
    awake = {clinic.on_call_id, clinic.next_on_call_id} if flag.is_urgent and not clinic.on_call_is_quiet else set()
    step = f"{flag.level}.{flag.climbed}.{flag.counted_from.timestamp():.0f}"
    active = {one.pk: one for one in people if one.is_active}
    plan(
        Plan(
            kind=LETTER,
            to=Recipient.of(one),
            about=flag.pk,
            revision=flag.level,
            offset=step,
            context={"path": LIST if one.is_therapist else HOME},
            asked=one.pk in awake,
        )
        for one in active.values()
    )
