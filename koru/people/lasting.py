"""How long signing in holds, by role."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from .models import Person, Role

CLIENT = timedelta(days=30)
WORKDAY = timedelta(hours=12)


def limit_session(request: HttpRequest, person: Person) -> None:
    """An absolute end, counted from signing in: using the session doesn't move it."""
    request.session.set_expiry(timezone.now() + (CLIENT if person.role == Role.CLIENT else WORKDAY))
