"""Where somebody is signed in, and ending that: at a changed factor, a changed role, a closed door."""

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from .models import Person


def end_sessions(person: Person) -> None:
    """All of them, at once: the next page anywhere asks to sign in."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def end_other_sessions(request: HttpRequest, person: Person) -> None:
    """All but the one that asks."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=request.session.session_key or ""):
        session.end()
