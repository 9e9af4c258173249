"""What Celery runs: the tick of each minute, and looking for letters that are due. Messages carry nothing but "look"."""

from celery import shared_task

from . import sending
from .check_in_notes import plan_check_ins, plan_check_ins_anew
from .claiming import due_count
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
def plan_anew() -> None:
    """The rules of clocks change with an update: what recurs is due by those that hold now."""
    plan_check_ins_anew()


@shared_task
def send_due() -> None:
    sending.send_due()
