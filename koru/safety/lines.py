"""Who can be reached right now, by region, and the words of Help now. Read from content/ once: needs no database."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
DEFAULT_REGION = "US"
FRESH_FOR = timedelta(days=180)
KINDS = ("crisis", "emergency")


class ContentError(ValueError):
    """The file of lines says something that can't be so; names the line."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """People to reach: a number to call, to text, a chat. Numbers are kept as people read them, with spaces."""

    region: str
    kind: str
    name: str
    hours: str
    languages: tuple[str, ...]
    checked_on: date
    confirmed: bool
    call: str = ""
    sms: str = ""
    sms_text: str = ""
    chat_url: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of line {self.kind!r}")
        if not (self.call or self.sms or self.chat_url):
            raise ValueError("no way to reach it")

    @property
    def call_href(self) -> str:
        return f"tel:{self.call.replace(' ', '')}" if self.call else ""

    @property
    def sms_href(self) -> str:
        return f"sms:{self.sms.replace(' ', '')}" if self.sms else ""


@dataclass(frozen=True)
class HelpLines:
    """The lines of a region, in the order of the page. `borrowed`: the region is unknown and these are the default's."""

    region: str
    crisis: tuple[Line, ...]
    emergency: tuple[Line, ...]
    borrowed: bool
    local_emergency: str
    borrowed_note: str


def lines_for(region: str) -> HelpLines:
    """Lines for a client's region; for an unknown one those of the default, labelled as such."""
    known = {row["slug"]: row["name"] for row in _file()["region"]}
    here = region if region in known else DEFAULT_REGION
    lines = [line for line in load() if line.region == here]
    return HelpLines(
        region=known[here],
        crisis=tuple(line for line in lines if line.kind == "crisis"),
        emergency=tuple(line for line in lines if line.kind == "emergency"),
        borrowed=here != region,
        local_emergency=_file()["unknown_region"],
        borrowed_note=_file()["unknown_region_note"],
    )


def regions() -> tuple[tuple[str, str], ...]:
    """Slug and name of every region there are lines for, as choices of a form."""
    return tuple((row["slug"], row["name"]) for row in _file()["region"])


def stale(lines: Iterable[Line], on: date) -> tuple[Line, ...]:
    """Those last checked more than 180 days before that day: an admin is warned of them."""
    return tuple(line for line in lines if line.checked_on < on - FRESH_FOR)


@cache
def load() -> tuple[Line, ...]:
    """Every line, in the order of the file. Raises ContentError naming the line."""
    return tuple(made(_file()["line"]))


def made(rows: list[dict[str, Any]]) -> Iterator[Line]:
    """Lines of the file's rows. Raises ContentError naming the line."""
    for row in rows:
        try:
            yield Line(**{**row, "languages": tuple(row["languages"])})
        except (KeyError, TypeError, ValueError) as wrong:
            raise ContentError(f"lines.toml: {row.get('region')} {row.get('name')}: {wrong}") from wrong


@cache
def help_words() -> Mapping[str, Any]:
    """Words of Help now, by the part of the page they stand in."""
    return tomllib.loads((CONTENT / "help_now.toml").read_text(encoding="utf-8"))


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((CONTENT / "lines.toml").read_text(encoding="utf-8"))
