"""The clinic's own facts, read where they are needed."""

from zoneinfo import ZoneInfo

from .models import Clinic


def the_clinic() -> Clinic:
    """The one clinic of this installation. Raises Clinic.DoesNotExist before it was set up."""
    return Clinic.objects.get()


def clinic_zone() -> ZoneInfo:
    return ZoneInfo(the_clinic().zone)
