"""Names of time zones, as people and operators may give them."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def real_zone(name: str) -> None:
    """Raises ValidationError for a name that no clock goes by."""
    if name not in known_zones():
        raise ValidationError("That is no time zone: write it like America/New_York.")
