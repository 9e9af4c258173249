"""From a letter's kind and context to its words: subject, text and HTML. Nothing of it is kept.

What planners may put into `Plan.context` (all values are strings):

    variant        which wording of the kind: "hour" (C2), "cancelled" (S5), "password-changed" (X1), "digest" (D1)
    starts, ends   ISO instants of what it is about; they make {when} and {time}
    before         ISO instant: where it was before it moved (S5)
    until          ISO instant: {until}
    room_zone      IANA zone of the room when it happens in person: its clock leads, the reader's follows in brackets
    where, how     words: "Fern room, 12 Example Street"; "by phone", "by video: https://…"
    first_name     visitors only; a person's letters say their display name
    path           absolute path (no host) of {link}; the button of the HTML
    change_path    absolute path of {change_link}
    calendar_path  absolute path of {calendar_link}, the calendar file
    call_path, busy_path  absolute paths of {call_link} and {busy_link}, two more answers (H1)
    days, count    numbers as words
    minutes        how long it takes, in words: "4 minutes" (Q1)

A token never stands in the context: write "{token}" in the path and give the token as `Plan.token`, which is sealed.
"{letter}" in a path becomes the letter itself, signed (quick_links.py).
{phone}, {emergency}, {stop_link} and {later_link} are filled in here. Which of them a kind needs: content/letters.toml;
a letter that lacks one fails when it is sent, visibly, so test each plan by `rendered`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from koru.people.models import Clinic

from .clock_words import leading, times_said
from .kinds import LetterKind, Wording, kind
from .models import Letter
from .quick_links import PLACE, signed
from .stopping import ALL, later_path, stop_path

EMERGENCY = {"US": "911", "CA": "911", "GB": "999", "IE": "112", "DE": "112", "AT": "112", "AU": "000", "NZ": "111"}
LINKS = {
    "link": "path",
    "change_link": "change_path",
    "calendar_link": "calendar_path",
    "call_link": "call_path",
    "busy_link": "busy_path",
}
SAID = ("where", "how", "days", "count", "minutes", "first_name")
NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
OF_LETTERS = ("stop_link", "later_link")  # each opens a page for this letter alone, without signing in
MARKED = {*LINKS, *OF_LETTERS, "when"}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, split at the place that it is written for: a link, or {when}."""

    words: str
    place: str = ""
    value: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.words, self.value + self.after) if part)

    @property
    def href(self) -> str:
        return self.value if self.place in {*LINKS, *OF_LETTERS} else ""

    @property
    def preview(self) -> str:
        """Without an address, for where mail programs list what has come."""
        return self.label if self.href else self.text

    @property
    def label(self) -> str:
        return self.words.rstrip(":. ")


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str
    stop_url: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A letter where there is room for one line: the inbox, a push, a text message."""

    subject: str
    link: str


def brief(letter: Letter, clinic: Clinic, now: datetime) -> Brief:
    """The line of a letter. Raises as `rendered` does."""
    wording, values = _words(letter, clinic, now)
    return Brief(Wording(wording.subject, ()).filled(values).subject, values.get("link", ""))


def _words(letter: Letter, clinic: Clinic, now: datetime) -> tuple[Wording, dict[str, str]]:
    about = kind(letter.kind)
    values = {**_said(letter, clinic), **times_said(letter), **_links(letter, about)}
    return _phrased(wording_of(letter, now), letter), values


@dataclass(frozen=True, slots=True)
class Note:
    """One letter within a mail, for the templates. `stop` is its line that stops its kind."""

    subject: str
    hello: Line
    lines: list[Line]
    stop: Line | None
    button: str
    link: str


def rendered(letter: Letter, clinic: Clinic, now: datetime) -> Rendered:
    """The words of a letter as its reader gets them. Raises KeyError when the context lacks something, ValueError when odd."""
    note = _note(letter, clinic, now)
    return _shown([note], note.subject, clinic, note.stop.value if note.stop else "")


def rendered_together(letters: Sequence[Letter], clinic: Clinic, now: datetime) -> Rendered:
    """Several letters to one reader as one. The mail program's own button stops all of them. Raises as `rendered` does."""
    notes = [_note(letter, clinic, now) for letter in letters]
    how_many = NUMBERS.get(len(notes), str(len(notes)))
    stop = settings.KORU_PUBLIC_URL + stop_path(letters[0].pk) + ALL if any(note.stop for note in notes) else ""
    return _shown(notes, f"{how_many} notes for you", clinic, stop)


def _note(letter: Letter, clinic: Clinic, now: datetime) -> Note:
    wording, values = _words(letter, clinic, now)
    subject = wording.filled(values).subject
    lines = [_line(template, values) for template in wording.body]
    return Note(
        subject=subject,
        hello=lines[0],
        lines=[line for line in lines[1:] if line.place != "stop_link"],
        stop=next((line for line in lines if line.place == "stop_link"), None),
        button=kind(letter.kind).button,
        link=values.get("link", ""),
    )


def _shown(notes: Sequence[Note], subject: str, clinic: Clinic, stop_url: str) -> Rendered:
    page = {"subject": subject, "notes": notes, "alone": len(notes) == 1, "sender": clinic.sender_name}
    text = render_to_string("reminders/mail.txt", page)
    return Rendered(subject, text, render_to_string("reminders/mail.html", page), stop_url, notes[0].link)


def wording_of(letter: Letter, now: datetime) -> Wording:
    """Which of its kind's words hold now: a letter that had to wait past midnight doesn't say "tomorrow" any more."""
    about, zone, variant = kind(letter.kind), leading(letter), letter.context.get("variant", "")
    if not variant and "same-day" in about.variants and _day(letter.context["starts"], zone) == now.astimezone(zone).date():
        variant = "same-day"
    return about.words(variant)


def _day(instant: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(instant).astimezone(zone).date()


def _phrased(wording: Wording, letter: Letter) -> Wording:
    """With the reader's own neutral word for an appointment, if they have chosen one."""
    phrase = " ".join(letter.to.neutral_phrase.split()) if letter.to else ""
    if not phrase:
        return wording
    safe = phrase.replace("{", "{{").replace("}", "}}")

    def said(line: str) -> str:
        return re.sub(r"\bappointment\b", lambda _: safe, line)

    return Wording(said(wording.subject), tuple(map(said, wording.body)))


def _line(template: str, values: Mapping[str, str]) -> Line:
    """A paragraph, split at its first link or time."""
    places = [name for _, name, _, _ in Formatter().parse(template) if name in MARKED]
    place = places[0] if places else ""
    before, _, after = template.partition(f"{{{place}}}") if place else (template, "", "")
    words = Wording("", (before.strip(), after)).filled(values).body
    return Line(words[0], place, values.get(place, ""), words[1])


def _said(letter: Letter, clinic: Clinic) -> dict[str, str]:
    plain = {name: letter.context[name] for name in SAID if name in letter.context}
    if letter.to:
        plain["first_name"] = letter.to.display_name
    region = letter.to.region if letter.to else clinic.region
    emergency = EMERGENCY.get(region, "your local emergency number")
    return {**plain, "phone": clinic.phone or "us", "emergency": emergency}


def _links(letter: Letter, about: LetterKind) -> dict[str, str]:
    paths = {link: letter.context[path] for link, path in LINKS.items() if path in letter.context}
    if any(not path.startswith("/") or path.startswith("//") for path in paths.values()):
        raise ValueError("a letter links to paths of Koru alone")
    if about.opt_out:
        paths["stop_link"] = stop_path(letter.pk)
    if about.later:
        paths["later_link"] = later_path(letter.pk)
    filled = {link: path.replace("{token}", letter.token).replace(PLACE, signed(letter.pk)) for link, path in paths.items()}
    return {link: settings.KORU_PUBLIC_URL + path for link, path in filled.items()}


def message_id(letter: Letter, domain: str) -> str:
    """The same for each copy, so that providers and readers see one letter (RFC 5322, 3.6.4)."""
    return f"<{letter.mail_id or letter.pk}@{domain}>"
