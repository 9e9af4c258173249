"""What a letter about an appointment is told: instants, places and paths. Never the kind, never a therapist's name."""

from django.urls import reverse

from koru.moments.spans import Span
from koru.people.models import Person

from .models import Appointment


def facts(appointment: Appointment, reader: Person | None = None, was: Span | None = None) -> dict[str, str]:
    """The context of `koru.reminders.rendering` for one appointment. `reader` is whom the links are for."""
    room = appointment.room
    told = {
        "starts": appointment.during.lower.isoformat(),
        "ends": appointment.during.upper.isoformat(),
        "place": appointment.place,
        **({"room": room.name, "room_zone": room.zone, "address": room.address} if room else {}),
        **(_visitor_paths(appointment) if appointment.client is None else _paths(appointment, reader)),
    }
    return told | ({"before_starts": was.start.isoformat(), "before_ends": was.end.isoformat()} if was else {})


def _paths(appointment: Appointment, reader: Person | None) -> dict[str, str]:
    if reader and reader.is_therapist:
        return {"path": "/care/"}
    return {
        "path": reverse("scheduling:session", args=[appointment.pk]),
        "change_path": reverse("scheduling:move", args=[appointment.pk]),
        "calendar_path": reverse("scheduling:calendar", args=[appointment.pk]),
    }


def _visitor_paths(appointment: Appointment) -> dict[str, str]:
    request = appointment.request
    if request is None:
        return {}
    manage = f"/consultation/{request.token}/"
    return {"first_name": request.name, "path": manage, "change_path": manage, "calendar_path": f"{manage}calendar.ics"}
