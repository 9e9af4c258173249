"""What Celery runs: the tick of each minute, and looking for letters that are due. Messages carry nothing but "look"."""

from celery import shared_task

from . import sending
from .claiming import due_count
from .recurring import plan_check_ins
from .ticking import record_tick

A_SENDER = 200  # so many due letters are worth one more worker
SENDERS = 4


@shared_task
def tick() -> None:
    record_tick()
    plan_check_ins()
    for _ in range(min(SENDERS, -(-due_count() // A_SENDER))):
        send_due.delay()


@shared_task
def send_due() -> None:
    sending.send_due()
