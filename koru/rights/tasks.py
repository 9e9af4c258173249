"""What Celery runs for data rights. Messages carry nothing but "look"; a missed one is made up for by the next."""

from celery import shared_task
from django.utils import timezone

from . import forgetting, making


@shared_task
def make_copies() -> None:
    making.make_copies()


@shared_task
def look_after_copies() -> None:
    """Each minute: what waits to be made, and what has been kept for its day."""
    making.make_copies()
    making.let_old_ones_go(timezone.now())


@shared_task
def erase_who_waited() -> None:
    """Whose wait is over is erased, and those of some minutes ago are looked at once more."""
    forgetting.erase_what_is_due(timezone.now())
    forgetting.sweep(timezone.now())
