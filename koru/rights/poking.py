"""Telling a worker that a copy was asked for. If the message is lost, the tick of the next minute finds the same row."""

import logging

from kombu.exceptions import OperationalError

from koru.reminders.poking import poster

log = logging.getLogger(__name__)
MAKE = "koru.rights.tasks.make_copies"


def poke() -> None:
    try:
        poster().send_task(MAKE, retry=False, expires=120)
    except (OperationalError, OSError):
        log.warning("Valkey is away: a copy waits for the next tick")
