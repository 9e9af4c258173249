"""What Celery runs each minute for flags."""

from celery import shared_task

from .watching import watch


@shared_task
def watch_flags() -> None:
    watch()
