"""Goodbyes to test with."""

from koru.people.endings import THEIRS, Ending, Outcome, StepName
from koru.people.models import Person
from koru.people.parting import open_ending, take_step, write_farewell
from koru.people.stages import set_stage
from koru.sealing.keyring import keyring

LETTER = "What you did was brave, and it is yours."


def opened(client: Person, therapist: Person) -> Ending:
    """Both agreed, and it has begun."""
    with keyring():
        set_stage("finishing", client=client, by=therapist)
        return open_ending(client, by=therapist)


def said(ending: Ending, *left: str) -> Ending:
    """Each step said but those that are `left`; the letter is written."""
    therapist = ending.opened_by
    with keyring():
        for name in (one for one in StepName if one not in left):
            if name == StepName.LETTER:
                write_farewell(ending, LETTER, by=therapist)
            else:
                take_step(ending, name, Outcome.DECLINED, by=ending.client if name in THEIRS else therapist)
    return ending
