"""What Celery runs for a client's first page and its letters."""

from celery import shared_task
from django.utils import timezone

from .asking_less import ask_less
from .quieter import look_for_quiet


@shared_task
def make_weeks_lighter() -> None:
    """Letters about something to write go back where the week is full. A missed run is made up for by the next."""
    ask_less(timezone.now())


@shared_task
def greet_the_quiet() -> None:
    """A missed run is made up for by the next: a hello comes some minutes later."""
    look_for_quiet(timezone.now())
