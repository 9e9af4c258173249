"""Against floods of requests, without a third party: how old a form is, an empty field, and counting."""

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest

from koru.ui.flood import over

SALT = "consultation"
YOUNGEST = 2
OLDEST = 24 * 3600
LIMITS = {"address": (10, 3600), "mail": (4, 24 * 3600)}


def stamp() -> str:
    """When a form was shown, signed."""
    return signing.TimestampSigner(salt=SALT).sign("shown")


def age_problem(stamped: str) -> str:
    """What to say about a form sent too fast or after a day; empty when there is nothing."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(stamped, max_age=OLDEST)
    except signing.SignatureExpired:
        return "This page was open for long. The times below are fresh: please look, and send it once more."
    except signing.BadSignature:
        return "This page lost something on its way. Everything you typed is still here: please send it once more."
    if _is_younger(signer, stamped):
        return "That was very quick. Please look once more, and send it again."
    return ""


def _is_younger(signer: signing.TimestampSigner, stamped: str) -> bool:
    try:
        signer.unsign(stamped, max_age=YOUNGEST)
    except signing.SignatureExpired:
        return False
    return True


def too_many(request: HttpRequest, email: str) -> bool:
    """Whether this connection or this mail address has asked too often. Only hashes are kept, and not for long."""
    who = {"address": str(get_adapter(request).get_client_ip(request)), "mail": email.strip().lower()}
    told = {kind: over(f"talk:{kind}", value, *LIMITS[kind]) for kind, value in who.items()}  # each is counted
    return any(told.values())
