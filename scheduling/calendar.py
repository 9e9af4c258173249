"""An appointment as a calendar file (RFC 5545): one UID for life, SEQUENCE counts the moves, times in UTC, a neutral title."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDatetime, vText

from koru.people.models import Clinic
from koru.ui.times import spoken_range, spoken_zone

from .models import Appointment

DOMAIN = "koru"


def ics(appointment: Appointment, clinic: Clinic, link: str, stamp: datetime) -> bytes:
    """The file, for adding or taking away (a cancelled one says so, under the same UID). `link` is its page."""
    cancelled = appointment.state == Appointment.State.CANCELLED
    file = Calendar()
    file.add("prodid", "-//Koru//EN")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if cancelled else "PUBLISH")
    file.add_component(_event(appointment, clinic, link, stamp, cancelled))
    made: bytes = file.to_ical()
    return made


def _event(appointment: Appointment, clinic: Clinic, link: str, stamp: datetime, cancelled: bool) -> Event:
    event = Event()
    event.add("uid", f"{appointment.pk}@{DOMAIN}")
    event.add("sequence", appointment.revision)
    event.add("summary", vText(title(appointment)))
    for name, at in (("dtstamp", stamp), ("dtstart", appointment.starts), ("dtend", appointment.ends)):
        event.add(name, vDatetime(at.astimezone(UTC)))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", link)
    event.add("description", vText(f"{wall_words(appointment, clinic)}\n{link}"))
    if appointment.room:
        event.add("location", vText(", ".join(part for part in (appointment.room.name, appointment.room.address) if part)))
    return event


def title(appointment: Appointment) -> str:
    """The client's own phrase, else the kind's neutral name."""
    own = appointment.client.neutral_phrase if appointment.client else ""
    return own or appointment.kind.neutral_name


def wall_words(appointment: Appointment, clinic: Clinic) -> str:
    """The time as the room's clock shows it, or the clinic's for a call: true also for who travels."""
    zone = ZoneInfo(appointment.room.zone if appointment.room else clinic.zone)
    start, end = appointment.starts, appointment.ends
    return f"{spoken_range(start, end, zone)}, {spoken_zone(zone, start)}"
