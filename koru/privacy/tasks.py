"""What Celery runs here: the anchor of each hour."""

from celery import shared_task

from . import anchoring


@shared_task
def anchor_heads() -> None:
    anchoring.anchor_heads()
