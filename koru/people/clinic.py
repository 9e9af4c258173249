"""The clinic's own facts, read where they are needed."""

from zoneinfo import ZoneInfo

from .models import Clinic


def the_clinic() -> Clinic:
    """The one clinic of this installation. Raises Clinic.DoesNotExist before it was set up.

    Asked by several rooms in one request, each once: `first`, since zeal takes a second `get` for a loop.
    """
    found = Clinic.objects.first()
    if found is None:
        raise Clinic.DoesNotExist
    return found


def clinic_zone() -> ZoneInfo:
    return ZoneInfo(the_clinic().zone)
