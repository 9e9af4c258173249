"""Telling a worker to look at once. If the message is lost, the tick of the next minute finds the same letters."""

import logging
from functools import cache

from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
SEND_DUE = "koru.reminders.tasks.send_due"
SHORTLY = {"socket_timeout": 2, "socket_connect_timeout": 2}  # somebody waits for the page


def poke() -> None:
    try:
        poster().send_task(SEND_DUE, retry=False, expires=120)
    except (OperationalError, OSError):
        log.warning("Valkey is away: letters wait for the next tick")


@cache
def poster() -> Celery:
    """A sender of messages alone, for any process: the workers' own app is wired in koru.celery."""
    app = Celery("koru-poster", broker=settings.KORU_BROKER, set_as_current=False)
    app.conf.update(task_serializer="json", task_ignore_result=True, broker_transport_options=SHORTLY)
    return app
