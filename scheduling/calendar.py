"""Appointments as calendar files (RFC 5545, 5546): one UID for life, SEQUENCE counts the moves, times in UTC, a neutral title.

A file says PUBLISH or CANCEL, never REQUEST: that would ask for a yes or no, and a "no" would reach nobody (docs/decisions).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vDatetime, vText

from koru.people.models import Clinic, Person
from koru.ui.times import spoken_both

from .letter_words import where_words
from .models import Appointment

DOMAIN = "koru"
CANCELLED = Appointment.State.CANCELLED


def ics(appointment: Appointment, clinic: Clinic, link: str, stamp: datetime, reader: Person | None) -> bytes:
    """The file for one reader (None: the visitor), for adding or taking away. `link` is its page, `stamp` when it is made."""
    event = _event(appointment, clinic, link, stamp, reader)
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(clinic.sender_name)
    event.add("organizer", organizer)
    return _file([event], method=method_of(appointment))


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


def _event(appointment: Appointment, clinic: Clinic, link: str, stamp: datetime, reader: Person | None) -> Event:
    event = Event()
    event.add("uid", f"{appointment.pk}@{DOMAIN}")
    event.add("sequence", appointment.revision)
    event.add("summary", vText(title(appointment, reader)))
    for name, at in (("dtstamp", stamp), ("dtstart", appointment.starts), ("dtend", appointment.ends)):
        event.add(name, vDatetime(at.astimezone(UTC)))
    event.add("status", "CANCELLED" if appointment.state == CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", link)
    where = where_words(appointment, clinic)
    said = (wall_words(appointment, reader), "" if appointment.room else where[:1].upper() + where[1:], link)
    event.add("description", vText("\n".join(filter(None, said))))
    if appointment.room:
        event.add("location", vText(where))
    return event


def title(appointment: Appointment, reader: Person | None) -> str:
    """The client's own phrase, in their own calendar alone; else the kind's neutral name."""
    own = reader.neutral_phrase if reader and reader.pk == appointment.client_id else ""
    return own or appointment.kind.neutral_name


def wall_words(appointment: Appointment, reader: Person | None) -> str:
    """As on the page and in the letters: in a room the room's clock leads, else the reader's."""
    own = _clock_of(appointment, reader)
    leading = ZoneInfo(appointment.room.zone) if appointment.room else own
    return spoken_both(appointment.starts, appointment.ends, leading, own)


def _clock_of(appointment: Appointment, reader: Person | None) -> ZoneInfo:
    who = reader or appointment.request or appointment.therapist
    return ZoneInfo(who.zone)
