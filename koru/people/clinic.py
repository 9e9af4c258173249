"""The clinic's own facts, read where they are needed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.utils import timezone

from .models import Clinic

COLUMNS = tuple(field.attname for field in Clinic._meta.concrete_fields)


def the_clinic() -> Clinic:
    """The one clinic of this installation. Raises Clinic.DoesNotExist before it was set up.

    Asked by several rooms in one request, each once: `first`, since zeal takes a second `get` for a loop.
    """
    found = Clinic.objects.first()
    if found is None:
        raise Clinic.DoesNotExist
    return found


def about_clinic() -> "QuerySet[Any, Any]":
    return Clinic.objects.order_by("pk").values_list(*COLUMNS)[:1]


def clinic_from(rows: Sequence[Any]) -> Clinic:
    """The clinic by the answer to `about_clinic`. Raises Clinic.DoesNotExist before it was set up."""
    if not rows:
        raise Clinic.DoesNotExist
    return Clinic.from_db(DEFAULT_DB_ALIAS, COLUMNS, rows[0])


def clinic_zone() -> ZoneInfo:
    return ZoneInfo(the_clinic().zone)


def clinic_today() -> date:
    """The day by the clinic's calendar: what a clearance's last day is read by."""
    return timezone.now().astimezone(clinic_zone()).date()
