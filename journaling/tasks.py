"""What Celery runs for the journal. A run that is missed is made up for by the next: nothing depends on the hour."""

from celery import shared_task
from django.utils import timezone

from . import letters_to_self
from .attachments import adding
from .reminders import plan_prompts
from .writing import purge


@shared_task
def plan_letters() -> None:
    """Letters of today and tomorrow about something to write."""
    plan_prompts(timezone.now())


@shared_task
def purge_deleted() -> None:
    """Entries deleted more than thirty days ago go for good, and what was taken out of one."""
    purge(timezone.now())
    adding.purge(timezone.now())
    letters_to_self.purge(timezone.now())
