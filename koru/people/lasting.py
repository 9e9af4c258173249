"""How long signing in holds, by role: until an absolute end, and under a veil after a while without a sign of anybody.

NIST SP 800-63B rev. 3: thirty days at the lowest level; twelve hours and fifteen to thirty minutes above it.
"""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from .models import Person, Role

CLIENT, CLIENT_IDLE = timedelta(days=30), timedelta(minutes=30)
WORKDAY, WORK_IDLE = timedelta(hours=12), timedelta(minutes=15)
SIGNED_IN = "koru_signed_in"


def limit_session(request: HttpRequest, person: Person) -> None:
    """An absolute end, counted from signing in: using the session doesn't move it."""
    now = timezone.now()
    request.session.set_expiry(now + (CLIENT if person.role == Role.CLIENT else WORKDAY))
    request.session[SIGNED_IN] = now.timestamp()


def signed_in_at(request: HttpRequest) -> datetime | None:
    """When this session began by signing in. None for a stranger's, and for one that no sign-in has made."""
    kept = request.session.get(SIGNED_IN)
    return datetime.fromtimestamp(kept, UTC) if kept else None


def idle_of(person: Person) -> timedelta:
    """How long a page may lie there until its owner is asked whether it is still them."""
    return CLIENT_IDLE if person.is_client else WORK_IDLE
