"""What somebody answers to a text message: STOP, START, HELP, or anything else. Nobody reads along.

The answer is the same whether the number is known or not. STOP acts at once; START is a yes and waits after a session.
"""

import re
from contextlib import suppress

from koru.people.clinic import the_clinic
from koru.people.models import Person

from .e164 import NotANumber, e164
from .letting_in import Tomorrow
from .numbers import start_texts, stop_texts
from .text_numbers import number_hash
from .text_words import HELP, STARTED, STOPPED, answer_of

STOPS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "CANCEL", "QUIT", "REVOKE", "OPT OUT", "OPTOUT"})
STARTS = frozenset({"START", "UNSTOP"})


def hear(number: str, words: str) -> str:
    """Do what was said from a number, and what is answered."""
    clinic = the_clinic()
    said = " ".join(re.findall(r"[A-Z]+", words.upper()))
    people = _whose(number, clinic.region)
    if said in STOPS or said.startswith("STOP "):
        for person in people:
            stop_texts(person, by=person)
        return answer_of(STOPPED, clinic)
    if said in STARTS:
        for person in people:
            with suppress(Tomorrow):
                start_texts(person, by=person)
        return answer_of(STARTED, clinic)
    return answer_of(HELP, clinic)


def _whose(number: str, region: str) -> list[Person]:
    """Several may share one telephone."""
    try:
        hashed = number_hash(e164(number, region))
    except NotANumber:
        return []
    return list(
        Person.objects.filter(text_numbers__number_hash=hashed, text_numbers__ended_at=None, is_active=True).order_by("pk")
    )
