"""How somebody's number for text messages stands, for the page of ways."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from koru.people.models import Person

from .kinds import load
from .text_numbers import TextNumber, number_of, reachable


@dataclass(frozen=True, slots=True)
class NumberPage:
    """`state`: none, pending, on, stopped, unreached or withdrawn, since `at`."""

    state: str
    number: str = ""
    at: datetime | None = None

    @property
    def is_on(self) -> bool:
        return self.state == "on"

    @property
    def is_pending(self) -> bool:
        return self.state == "pending"


def may_have_texts(person: Person) -> bool:
    """Whether this clinic sends texts, and any kind of note comes to them so."""
    return bool(settings.KORU_TEXTS_URL) and any(
        "text" in one.channels and person.role in one.audience for one in load().values()
    )


def number_page(person: Person) -> NumberPage | None:
    """None: there is nothing to give a number for. Two queries at most."""
    if not may_have_texts(person):
        return None
    found = number_of(person.pk)
    return NumberPage("none") if found is None else _stands(found)


def _stands(found: TextNumber) -> NumberPage:
    if found.is_pending:
        return NumberPage("pending", found.number, found.code_until)
    if found.stopped_at:
        return NumberPage("stopped", found.number, found.stopped_at)
    if found.not_reached_at:
        return NumberPage("unreached", found.number, found.not_reached_at)
    on = reachable().filter(pk=found.pk).exists()
    return NumberPage("on" if on else "withdrawn", found.number, found.verified_at)
