"""Zones a visitor may see times in. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.moments.zones import known_zones
from koru.ui.times import spoken_time

CITIES = {
    "America": ["Anchorage", "Los_Angeles", "Phoenix", "Denver", "Chicago", "New_York", "Halifax", "St_Johns"],
    "Europe": ["London", "Dublin", "Berlin", "Athens"],
    "Africa": ["Lagos", "Johannesburg"],
    "Asia": ["Dubai", "Kolkata", "Kathmandu", "Singapore", "Tokyo"],
    "Australia": ["Perth", "Adelaide", "Sydney"],
    "Pacific": ["Honolulu", "Auckland"],
}
USUAL = [f"{continent}/{city}" for continent, cities in CITIES.items() for city in cities]


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    key: str
    words: str
    chosen: bool


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that name; None for one that the world doesn't know."""
    return ZoneInfo(name) if name in known_zones() else None


def zone_choices(chosen: ZoneInfo, clinic: ZoneInfo, now: datetime) -> list[ZoneChoice]:
    """The zones offered, from west to east, with the one chosen and the clinic's among them."""
    zones = {zone.key: zone for zone in (chosen, clinic, *map(ZoneInfo, USUAL))}
    ordered = sorted(zones.values(), key=lambda zone: (now.astimezone(zone).utcoffset(), zone.key))
    return [ZoneChoice(zone.key, _words(zone, now), zone.key == chosen.key) for zone in ordered]


def _words(zone: ZoneInfo, now: datetime) -> str:
    """ "Denver, now 9:12 am" """
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city}, now {spoken_time(now.astimezone(zone))}"
