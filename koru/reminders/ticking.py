"""The clock's last strike, kept so that /readyz can tell when it stands still."""

from datetime import datetime

from django.utils import timezone

from .models import Tick


def record_tick() -> None:
    Tick.objects.update_or_create(pk=1, defaults={"at": timezone.now()})


def last_tick() -> datetime | None:
    return Tick.objects.values_list("at", flat=True).first()
