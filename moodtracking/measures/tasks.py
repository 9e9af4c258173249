"""What Celery runs for measures. A run that is missed is made up for by the next."""

from celery import shared_task
from django.utils import timezone

from .reminders import replan_all
from .stopping import close_left


@shared_task
def look_again() -> None:
    """Close what was left unfinished, and let letters follow sessions that have moved."""
    close_left(timezone.now())
    replan_all()
