"""What Celery runs for the desk."""

from celery import shared_task
from django.utils import timezone

from .lapsing import close_lapsed


@shared_task
def close_lapsed_requests() -> None:
    close_lapsed(timezone.now())
