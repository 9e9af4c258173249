"""Appointments as calendar files (RFC 5545, 5546): one UID for life, SEQUENCE counts the moves, times in UTC, a neutral title.

A file says PUBLISH or CANCEL, never REQUEST: that would ask for a yes or no, and a "no" would reach nobody (decision 15).
A feed says neither: it is what holds now.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from unicodedata import category
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vDatetime, vText

from koru.people.models import Clinic, Person
from koru.ui.times import spoken_both

from .letter_words import where_words
from .models import Appointment, Place

DOMAIN = "koru"
BREAKS = {"Cc", "Cs", "Zl", "Zp"}
CANCELLED = Appointment.State.CANCELLED


@dataclass(frozen=True, slots=True)
class Told:
    """One appointment for one reader (None: the visitor). `stamp` is DTSTAMP, `link` the page, `how` how they meet."""

    appointment: Appointment
    reader: Person | None
    link: str
    how: str
    stamp: datetime


def ics(appointment: Appointment, clinic: Clinic, link: str, stamp: datetime, reader: Person | None) -> bytes:
    """The file for one reader, for adding or taking away. `link` is its page, `stamp` when the file is made."""
    told = Told(appointment, reader, link, where_words(appointment, clinic), stamp)
    return published([told], clinic, method_of(appointment))


def published(told: Iterable[Told], clinic: Clinic, method: str) -> bytes:
    """One file of several, as the letter of a course brings them."""
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(clinic.sender_name)
    events = list(map(_event, told))
    for event in events:
        event.add("organizer", organizer)
    return _file(events, method=method)


def feed(appointments: Iterable[Appointment], clinic: Clinic, link: Callable[[Appointment], str], reader: Person) -> bytes:
    """All of them as one calendar. It can be read without signing in, so a call's address stays behind the link."""
    events = (
        _event(Told(one, reader, link(one), where_words(one, clinic) if one.room else HOW[one.place], vars(one)["changed_at"]))
        for one in appointments
    )
    return _file(events, **{"x-wr-calname": "Appointments", "x-published-ttl": "PT1H"})


HOW: dict[str, str] = {Place.VIDEO: "By video", Place.PHONE: "By phone", Place.ROOM: ""}


def method_of(appointment: Appointment) -> str:
    return "CANCEL" if appointment.state == CANCELLED else "PUBLISH"


def _file(events: Iterable[Event], **properties: str) -> bytes:
    file = Calendar()
    file.add("prodid", "-//Koru//EN")
    file.add("version", "2.0")
    for name, value in properties.items():
        file.add(name, value)
    for event in events:
        file.add_component(event)
    made: bytes = file.to_ical()
    return made


def _event(told: Told) -> Event:
    appointment, event = told.appointment, Event()
    event.add("uid", f"{appointment.pk}@{DOMAIN}")
    event.add("sequence", appointment.revision)
    event.add("summary", vText(title(appointment, told.reader)))
    for name, at in (("dtstamp", told.stamp), ("dtstart", appointment.starts), ("dtend", appointment.ends)):
        event.add(name, vDatetime(at.astimezone(UTC)))
    event.add("status", "CANCELLED" if appointment.state == CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", told.link)
    how = plain(told.how)
    said = (wall_words(appointment, told.reader), "" if appointment.room else how[:1].upper() + how[1:], told.link)
    event.add("description", vText("\n".join(filter(None, said))))
    if appointment.room:
        event.add("location", vText(how))
    return event


def title(appointment: Appointment, reader: Person | None) -> str:
    """The client's own phrase, in their own calendar alone; else the kind's neutral name."""
    own = plain(reader.neutral_phrase) if reader and reader.pk == appointment.client_id else ""
    return own or plain(appointment.kind.neutral_name)


def plain(typed: str) -> str:
    """On one line, without controls: a calendar file has no way to write those (RFC 5545, 3.3.11)."""
    return " ".join("".join(" " if category(one) in BREAKS else one for one in typed).split())


def wall_words(appointment: Appointment, reader: Person | None) -> str:
    """As on the page and in the letters: in a room the room's clock leads, else the reader's."""
    own = _clock_of(appointment, reader)
    leading = ZoneInfo(appointment.room.zone) if appointment.room else own
    return spoken_both(appointment.starts, appointment.ends, leading, own)


def _clock_of(appointment: Appointment, reader: Person | None) -> ZoneInfo:
    who = reader or appointment.request or appointment.therapist
    return ZoneInfo(who.zone)
