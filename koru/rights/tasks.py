"""What Celery runs for data rights. Messages carry nothing but "look"; a missed one is made up for by the next."""

from celery import shared_task
from django.utils import timezone

from . import making


@shared_task
def make_copies() -> None:
    making.make_copies()


@shared_task
def look_after_copies() -> None:
    """Each minute: what waits to be made, and what has been kept for its day."""
    making.make_copies()
    making.let_old_ones_go(timezone.now())
