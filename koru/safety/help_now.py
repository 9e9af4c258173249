"""What Help now shows: the clinic's own lines and number while the database answers, and always something."""

import logging
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic

from django.db import DatabaseError, InterfaceError

from koru.people.models import Clinic

from .lines import DEFAULT_REGION, HelpLines, Line, lines_for, regions, stale
from .models import HelpLine

log = logging.getLogger(__name__)
ASKED_EACH = 60.0


@dataclass(frozen=True, slots=True)
class Help:
    """The lines for where somebody is, and the clinic's number when it is known."""

    region: str
    lines: HelpLines
    phone: str = ""
    hours: str = ""

    @property
    def first(self) -> Line | None:
        return next(iter(self.lines.crisis), None)

    @property
    def more(self) -> tuple[Line, ...]:
        return self.lines.crisis[1:]


@dataclass
class Told:
    """What the database last said, kept in this process: asked at most once a minute, also while it is away."""

    region: str = DEFAULT_REGION
    phone: str = ""
    hours: str = ""
    lines: dict[str, list[Line]] = field(default_factory=dict)
    asked_at: float | None = None


told = Told()


def help_for(region: str = "") -> Help:
    """What somebody in that region is shown; without a region, in the clinic's."""
    if told.asked_at is None or monotonic() - told.asked_at >= ASKED_EACH:
        _ask()
    wanted = region.upper()[:8] or told.region
    lines = lines_for(wanted)
    if own := told.lines.get(wanted):
        lines = replace(lines, crisis=_kind(own, "crisis"), emergency=_kind(own, "emergency") or lines.emergency)
    return Help(wanted, lines, told.phone, told.hours)


def to_check_again(on: date) -> tuple[Line, ...]:
    """Of all that Help now shows in any region, the lines that nobody has checked for 180 days before that day."""
    help_for()
    everywhere = (help_for(region).lines for region in dict.fromkeys([*(slug for slug, _ in regions()), *told.lines]))
    shown = dict.fromkeys(line for lines in everywhere for line in (*lines.crisis, *lines.emergency))
    return stale(shown, on)


def _ask() -> None:
    """Read what the clinic has set. With the database away, what was known before stays, else the file's lines."""
    told.asked_at = monotonic()
    try:
        clinic = Clinic.objects.first()
        rows = list(HelpLine.objects.all())
    except (DatabaseError, InterfaceError):
        log.exception("Help now is shown without the database")
        return
    told.lines = {region: [row.line for row in rows if row.region == region] for region in {row.region for row in rows}}
    if clinic:
        told.region, told.phone, told.hours = clinic.region, clinic.phone, clinic.hours


def _kind(lines: list[Line], kind: str) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.kind == kind)


def forget() -> None:
    """Ask again at the next page: the clinic has changed something."""
    vars(told).update(vars(Told()))
