"""The check-in that a note's link opens: one a note, of its reader, now; it tells nothing of what was said before."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from koru.reminders.models import Letter
from koru.reminders.quick_links import note_behind
from koru.ui.flood import over

from .checking_in import SITTING_MINUTES
from .models import CheckIn

COOKIE = "koru_quick"
STAYS = 30 * 60
LIMITS = {"note": (60, 3600), "address": (120, 3600)}
SITTING = timedelta(minutes=SITTING_MINUTES)


def let_in(response: HttpResponse, link: str) -> HttpResponse:
    """From here on a short cookie stands for the link, which stays out of further addresses."""
    response.set_cookie(
        COOKIE,
        TimestampSigner(salt=COOKIE).sign(link),
        max_age=STAYS,
        path=reverse("moodtracking:quick"),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def note_of(request: HttpRequest, now: datetime) -> Letter | None:
    """The note whose link this browser has followed in the last half hour."""
    try:
        link = TimestampSigner(salt=COOKIE).unsign(request.COOKIES.get(COOKIE, ""), max_age=STAYS)
    except BadSignature:
        return None
    return note_behind(link, now)


def key_of(note: Letter) -> UUID:
    """One check-in a note, however often and wherever its link is opened."""
    return uuid5(note.pk, "quick")


def may_add(note: Letter, now: datetime) -> bool:
    """Until it was used; for the ten minutes of the same sitting, taps can still change."""
    told = CheckIn.objects.filter(client=note.to_id, key=key_of(note)).values_list("recorded_at", "deleted_at").first()
    return told is None or (told[1] is None and now < told[0] + SITTING)


def too_often(request: HttpRequest, note: Letter) -> bool:
    who = {"note": str(note.pk), "address": str(get_adapter(request).get_client_ip(request))}
    told = {kind: over(f"quick:{kind}", value, *LIMITS[kind]) for kind, value in who.items()}  # each is counted
    return any(told.values())
