"""A sign-in from a device that an account hasn't seen before is told to its owner by mail (letter X1).

A device is known by a signed cookie that lists whose accounts were opened there, as marks that name nobody. Nothing about
the device itself is read or kept: no fingerprint, no place of an IP address.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.reminders.planning import Plan, Recipient, plan

KNOWN = "koru_device"
LONG = 400 * 24 * 3600  # as long as browsers keep any cookie
MOST = 8


def arrive(request: HttpRequest, response: HttpResponse, person: Person, *, is_new_account: bool) -> None:
    """Remember that this account was opened here; tell its owner when that is new."""
    marks, own = marks_of(request), mark_of(person)
    if own not in marks and not is_new_account:
        tell(person)
    value = signing.dumps([*(one for one in marks if one != own), own][-MOST:], salt=KNOWN)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(KNOWN, value, max_age=LONG, httponly=True, samesite="Lax", secure=secure)


def tell(person: Person) -> None:
    context = {"starts": timezone.now().isoformat(), "path": reverse("account_reset_password")}
    plan([Plan(kind="security", to=Recipient.of(person), about=new_id(), context=context)])


def marks_of(request: HttpRequest) -> list[str]:
    """Whose accounts were opened on this device; none where the cookie isn't ours."""
    try:
        return list(signing.loads(request.COOKIES.get(KNOWN, ""), salt=KNOWN))
    except signing.BadSignature:
        return []


def mark_of(person: Person) -> str:
    return salted_hmac(KNOWN, str(person.pk), algorithm="sha256").hexdigest()[:24]
