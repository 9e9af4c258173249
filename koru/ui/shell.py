"""What stands around each page: who may go where, and which of it is open."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the navigation. `current` is what aria-current says, empty elsewhere."""

    name: str
    path: str
    icon: str
    current: Literal["", "page", "true"] = ""


NAVIGATION = {
    "client": (
        Item("Today", "/today/", "sun"),
        Item("Journal", "/journal/", "journal"),
        Item("Check-in", "/check-in/", "sprout"),
        Item("Trends", "/trends/", "trends"),
        Item("Sessions", "/sessions/", "calendar"),
    ),
    "therapist": (
        Item("Caseload", "/care/", "people"),
        Item("Flags", "/care/flags/", "flag"),
        Item("Open times", "/care/availability/", "clock"),
    ),
    "staff": (
        Item("Today", "/desk/", "sun"),
        Item("Requests", "/desk/requests/", "tray"),
        Item("Clients", "/desk/clients/", "people"),
        Item("Book", "/desk/book/", "calendar"),
        Item("Hours", "/desk/hours/", "clock"),
    ),
}

BASES = {
    "client": "base_client.html",
    "therapist": "base_therapist.html",
    "staff": "base_staff.html",
    "admin": "base_public.html",
}


def base_of(role: str) -> str:
    """The template around a page that every role has."""
    return BASES[role]


def items(role: str, path: str) -> list[Item]:
    """The navigation of a role, with the place marked that the path lies in: the longest that fits."""
    places = NAVIGATION[role]
    around = max((place.path for place in places if path.startswith(place.path)), key=len, default="")
    return [Item(place.name, place.path, place.icon, _current(place.path, around, path)) for place in places]


def _current(place: str, around: str, path: str) -> Literal["", "page", "true"]:
    if place != around:
        return ""
    return "page" if place == path else "true"
