"""Telling a worker to look at once. If the message is lost, the tick of the next minute finds the same letters."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
SEND_DUE = "koru.reminders.tasks.send_due"


def poke() -> None:
    try:
        current_app.send_task(SEND_DUE, retry=False, expires=120)
    except (OperationalError, OSError):
        log.warning("Valkey is away: letters wait for the next tick")
