"""What a letter about an appointment is told: instants, places and paths. Never the kind, never a therapist's name.

The names are those of `koru.reminders.rendering`.
"""

from dataclasses import dataclass

from django.urls import reverse

from koru.moments.spans import Span
from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person

from .models import Appointment, Place

MANAGE = "/consultation/{token}/"


@dataclass(frozen=True, slots=True)
class Telling:
    """One appointment as its letters tell it; the clinic is asked once for all of them."""

    appointment: Appointment
    where: str

    @classmethod
    def of(cls, appointment: Appointment) -> "Telling":
        return cls(appointment, where_words(appointment, the_clinic()))

    def facts(self, reader: Person | None, was: Span | None = None) -> dict[str, str]:
        """The context of one letter. `reader` is the person who gets it, None for a visitor."""
        appointment = self.appointment
        told = {
            "starts": appointment.starts.isoformat(),
            "ends": appointment.ends.isoformat(),
            "where": self.where,
            "how": self.where,
            **_paths(appointment, reader),
        }
        if appointment.room:
            told["room_zone"] = appointment.room.zone
        if reader is None and appointment.request:
            told["first_name"] = appointment.request.name
        return told | ({"before": was.start.isoformat()} if was else {})

    def token(self, reader: Person | None) -> str:
        """What takes the place of {token} in a visitor's links."""
        return self.appointment.request.token if reader is None and self.appointment.request else ""


def where_words(appointment: Appointment, clinic: Clinic) -> str:
    """ "Fern room, 12 Example Street", "by video: https://…" or "by phone; we call you"."""
    if appointment.room:
        address = appointment.room.address or clinic.address
        return ", ".join(part for part in (appointment.room.name, address) if part)
    if appointment.place == Place.PHONE:
        return "by phone; we call you"
    return f"by video: {clinic.video_link}" if clinic.video_link else "by video"


def _paths(appointment: Appointment, reader: Person | None) -> dict[str, str]:
    if reader is None:
        return {"path": MANAGE, "change_path": MANAGE, "calendar_path": f"{MANAGE}calendar.ics"}
    calendar = reverse("scheduling:calendar", args=[appointment.pk])
    if not reader.is_client:
        return {"path": "/desk/" if reader.is_desk else "/care/", "calendar_path": calendar}
    page = reverse("scheduling:session", args=[appointment.pk])
    return {"path": page, "change_path": page, "calendar_path": calendar}
