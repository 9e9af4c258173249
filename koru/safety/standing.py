"""What is open for a client right now, for rooms that take it into account."""

from koru.people.models import Person

from .flag_querysets import FlagQuerySet
from .flags import Flag


def open_flags(client: Person) -> FlagQuerySet:
    """Not closed yet, the most pressing first."""
    flags: FlagQuerySet = Flag.objects.of_client(client).open()
    return flags


def is_urgent(client: Person) -> bool:
    """While it is, letters that ask for something rest, and prompts stay at depth 1."""
    return open_flags(client).urgent().exists()
