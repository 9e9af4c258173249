"""A letter as a text message: one line of at most 160 signs that names the sender, says when, and how to end them. Pure.

The line of the kind (`text` in letters.toml) gets as much behind it as there is room for: a link and the clinic's number,
then the number alone, the link alone, neither. How to end them is never left out.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from koru.people.models import Clinic

from .clock_words import times_said
from .gsm import brought, said, units
from .kinds import Wording
from .models import Letter
from .rendering import EMERGENCY, wording_of

MOST = 160
SENDER, SENDER_MOST = "Koru", 25
APPOINTMENT, PHRASE_MOST = "appointment", 30
PHONE_MOST = 25
LINK_AND_PHONE, PHONE, LINK, NEITHER = "link phone", "phone", "link", ""
TAILS = (
    (LINK_AND_PHONE, "{line}. Details and changes: {link} or {phone}. Reply STOP to end texts."),
    (LINK_AND_PHONE, "{line}. {link} or {phone}. Reply STOP to end texts."),
    (PHONE, "{line}. Changes: {phone}. Reply STOP to end texts."),
    (LINK, "{line}. Details and changes: {link} Reply STOP to end texts."),
    (LINK, "{line}. {link} Reply STOP to end texts."),
    (NEITHER, "{line}. Reply STOP to end texts."),
)
FIRST = "{sender}: {code} is your code. Then up to 3 texts a week. Reply HELP for help, STOP to end. Msg & data rates may apply."
HELP = "{sender}: nobody reads answers here. Call {phone}; in danger {emergency}. Up to 3 texts a week. STOP ends them."
STOPPED = "{sender}: texts have ended, none will follow. Questions? Call {phone}. Reply START to have them again."
STARTED = "{sender}: thank you. Whether texts are on stands in your settings. Up to 3 a week. Reply HELP for help, STOP to end."


def text_of(letter: Letter, clinic: Clinic, now: datetime, link: str) -> str:
    """What its reader gets. Raises KeyError when the context lacks something, ValueError when odd."""
    line = Wording(_phrased(wording_of(letter, now).text, letter), ()).filled(times_said(letter)).subject
    values = {"line": f"{sender_of(clinic)}: {brought(line)}", "link": brought(link), "phone": phone_of(clinic)}
    return next(words for words in _tried(values) if units(words) <= MOST)


def _tried(values: Mapping[str, str]) -> Iterator[str]:
    there = {name for name, value in values.items() if value}
    for needed, tail in TAILS:
        if set(needed.split()) <= there:
            yield tail.format_map(values)


def first_text(code: str, clinic: Clinic) -> str:
    """The first that ever comes: who writes, how often, HELP and STOP, and the code."""
    return FIRST.format(sender=sender_of(clinic), code=code)


def answer_of(words: str, clinic: Clinic) -> str:
    """What is said to somebody who has answered a text."""
    emergency = EMERGENCY.get(clinic.region, "")
    call = f"call {emergency}" if emergency else "call for help near you"
    return words.format(sender=sender_of(clinic), phone=phone_of(clinic) or "us", emergency=call)


def sender_of(clinic: Clinic) -> str:
    return said(clinic.sender_name, SENDER, SENDER_MOST)


def phone_of(clinic: Clinic) -> str:
    return said(clinic.phone, "", PHONE_MOST)


def _phrased(line: str, letter: Letter) -> str:
    """With the reader's own word for an appointment, where it can be said."""
    own = said(letter.to.neutral_phrase, APPOINTMENT, PHRASE_MOST) if letter.to else APPOINTMENT
    safe = own.replace("{", "{{").replace("}", "}}")
    return re.sub(rf"\b{APPOINTMENT}\b", lambda _: safe, line)
