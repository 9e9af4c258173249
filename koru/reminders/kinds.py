"""The kinds of letters: their words and how each behaves, read from content/letters.toml once a process. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

CONTENT = Path(__file__).parent / "content" / "letters.toml"
QUIET = ("shift", "ignore")
HUSH = ("hold", "through", "if-asked")
TOGETHER = ("", "early", "when-due")
CHANNELS = ("mail", "inbox", "push", "text")
Row = dict[str, Any]


class ContentError(ValueError):
    """The file of letters says something that can't be so; names the letter."""


@dataclass(frozen=True)
class Wording:
    """A subject and the paragraphs under it, with {places} for what each letter fills in. `text`: its line as a text message."""

    subject: str
    body: tuple[str, ...]
    text: str = ""

    @property
    def places(self) -> frozenset[str]:
        """Names of everything to be filled in."""
        parts = (part for line in (self.subject, *self.body) for part in Formatter().parse(line))
        return frozenset(name for _, name, _, _ in parts if name)

    def filled(self, values: Mapping[str, str]) -> "Wording":
        """The words with their places filled; line breaks in a value become spaces. Raises KeyError naming the missing."""
        missing = self.places - values.keys()
        if missing:
            raise KeyError(f"a letter can't be written without {', '.join(sorted(missing))}")
        plain = {name: " ".join(str(values[name]).split()) for name in self.places}
        return Wording(
            self.subject.format_map(plain),
            tuple(line.format_map(plain) for line in self.body),
        )


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """One kind of letter. `priority` 1 goes first; `ceiling`: counts towards one a day and three a week.
    `later`: its reader may put it off. `own_yes`: only for who said yes to it, in a section of their settings of its own.
    `asks`: it would like something of a client, so it rests while somebody is being looked after. `tended`: it makes sense only
    while somebody works with them; like `asks` it rests once their care was finished. `calendar`: the calendar
    file of what it is about goes with it. `channels` it may take, and `usual` ones among them: of "push|mail" the first
    that reaches its reader. `together`: whether it may share a mail.

    `quiet` is what quiet hours do to it, `hush` what the quiet day does (see the head of letters.toml).
    """

    key: str
    name: str
    audience: tuple[str, ...]
    about: str
    due: str
    wording: Wording
    variants: Mapping[str, Wording]
    priority: int
    channels: tuple[str, ...] = ("mail",)
    usual: tuple[str, ...] = ("mail",)
    quiet: str = "shift"
    hush: str = "hold"
    opt_out: bool = False
    off_by_default: bool = False
    own_yes: bool = False
    off_in: tuple[str, ...] = ()
    pauses_after: int = 0
    ceiling: bool = False
    asks: bool = False
    tended: bool = False
    later: bool = False
    calendar: bool = False
    together: str = ""
    button: str = "Open Koru"

    def __post_init__(self) -> None:
        if self.quiet not in QUIET or self.hush not in HUSH or not set(self.channels) <= set(CHANNELS):
            raise ValueError(f"unknown behaviour {self.quiet!r}, {self.hush!r} or {self.channels!r}")
        if "mail" not in self.channels or not {one for either in self.usual for one in either.split("|")} <= set(self.channels):
            raise ValueError("mail is always a way, and what is usual is one of the channels")
        alone = self.calendar or self.quiet != "shift" or self.hush != "hold"
        if self.together not in TOGETHER or (self.together and alone):
            raise ValueError("what has a calendar file or isn't put off has a mail to itself")
        for words in (self.wording, *self.variants.values()):
            self._check(words)

    def _check(self, words: Wording) -> None:
        if bool(words.text) != ("text" in self.channels):
            raise ValueError("a letter has a line for text messages exactly when it may be one")
        if self.opt_out != ("stop_link" in words.places):
            raise ValueError("a letter has a {stop_link} exactly when it can be stopped")
        if self.later != ("later_link" in words.places):
            raise ValueError("a letter has a {later_link} exactly when it can be put off")

    @property
    def rests_after_goodbye(self) -> bool:
        """Whether none goes to somebody whose care was finished, until somebody works with them again."""
        return self.asks or self.tended

    def words(self, variant: str = "") -> Wording:
        """The words of this kind, or of a variant such as "cancelled". Raises KeyError for an unknown one."""
        return self.variants[variant] if variant else self.wording


def kind(name: str) -> LetterKind:
    """The kind of that name, such as "session-week". Raises KeyError for an unknown one."""
    return load()[name]


@cache
def load() -> Mapping[str, LetterKind]:
    """All kinds by name, read once a process. Raises ContentError naming the letter."""
    return read(CONTENT)


def read(file: Path) -> Mapping[str, LetterKind]:
    """All kinds of a file by name. Raises ContentError naming the letter."""
    kinds: dict[str, LetterKind] = {}
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["letter"]:
        try:
            made = _made(row)
            if made.name in kinds:
                raise ValueError("is there twice")
        except (KeyError, TypeError, ValueError) as wrong:
            raise ContentError(f"{file.name}: {row.get('name', 'a letter without name')}: {wrong}") from wrong
        kinds[made.name] = made
    return MappingProxyType(kinds)


def _made(row: Row) -> LetterKind:
    plain: Row = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    wording = _wording(plain.pop("subject"), plain.pop("body"), plain.pop("text", ""))
    variants = {name: _wording(**words) for name, words in plain.pop("variants", {}).items()}
    return LetterKind(wording=wording, variants=MappingProxyType(variants), **plain)


def _wording(subject: str, body: list[str], text: str = "") -> Wording:
    return Wording(subject, tuple(body), text)
