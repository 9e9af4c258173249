"""Finding somebody at the desk: by name, mail address or the digits of a phone; clients first, then who asked for a talk.

Names are compared folded (without case and accents), all words have to be there. Phones are sealed, so they are opened to
be compared, here alone, and none is shown: the desk may see contact data (RELIABILITY.md section 2).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from journaling.finding import fold, words_of
from koru.people.models import Person
from koru.sealing.keyring import bring_of
from scheduling.models import ConsultationRequest

SHOWN = 8
LEAST_DIGITS = 3
LONGEST = 100
MOST = 5_000
DIGITS = re.compile(r"[\d\s()+./-]+")
OFFERED = ("new", "cancelled", "no_answer", "lapsed")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody, and the two ways on: their page, and a time for them."""

    name: str
    line: str
    page: str
    book: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The first few of all who were found."""

    said: str
    some: Sequence[Found]
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.some) + self.more


def find(said: str) -> Finding:
    """Nothing for nothing. The same number of queries however many there are."""
    said = said.strip()[:LONGEST]
    if not words_of(said):
        return Finding(said, [])
    digits = digits_of(said)
    people = _clients(said, digits) + _visitors(said, digits)
    return Finding(said, people[:SHOWN], max(0, len(people) - SHOWN))


def digits_of(said: str) -> str:
    """The digits of what can be a phone number, or part of one; empty for words."""
    digits = re.sub(r"\D", "", said)
    return digits if DIGITS.fullmatch(said) and len(digits) >= LEAST_DIGITS else ""


def matches(said: str, digits: str, name: str, email: str, phone: str) -> bool:
    """The beginning of a country's or trunk code is left out where only one side has it."""
    if digits and digits.lstrip("0") in re.sub(r"\D", "", phone):
        return True
    whole = fold(f"{name}\n{email}")
    return all(word in whole for word in words_of(said))


def _clients(said: str, digits: str) -> list[Found]:
    rows = Person.objects.clients().order_by("display_name", "pk")[:MOST]
    people = list(rows if digits else rows.defer("phone"))
    if digits:
        bring_of(person.pk for person in people)
    found = (one for one in people if matches(said, digits, one.display_name, one.email, one.phone if digits else ""))
    return [Found(one.display_name, one.email, reverse("desk:client", args=[one.pk]), _book(f"client={one.pk}")) for one in found]


def _visitors(said: str, digits: str) -> list[Found]:
    """Newest first; who has an account is found as a client."""
    rows = _open_requests() if digits else _open_requests().defer("phone")
    asked = list(rows)
    if digits:
        bring_of(one.pk for one in asked)
    found = [one for one in asked if matches(said, digits, one.name, one.email, one.phone if digits else "")]
    return [_visitor(one) for one in found]


def _open_requests() -> QuerySet[ConsultationRequest]:
    return ConsultationRequest.objects.filter(client=None).defer("note", "token").order_by("-made_at")[:MOST]


def _visitor(one: ConsultationRequest) -> Found:
    page = reverse("desk:request", args=[one.pk])
    line = f"Asked for a talk. {one.get_state_display()}"
    return Found(one.name, line, page, _book(f"request={one.pk}") if one.state in OFFERED else page)


def _book(whom: str) -> str:
    return f"{reverse('desk:book')}?{whom}#first-open"
