"""What the provider of text messages tells us: an answer from a number, or that a text did not arrive. Signed, and heard once.

`Koru-Signature: t=<seconds since 1970>,v1=<hex>`, where v1 is HMAC-SHA256 over `<t>.<body>` by KORU_TEXTS_SIGNING.
"""

import hashlib
import hmac
import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from koru.ui.flood import over

from .hearing import hear
from .text_numbers import SignedWord, number_hash
from .unreached import came_back

SIGNED = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
SKEW = timedelta(minutes=5)
A_MINUTE, MOST_OF_ALL, MOST_OF_ONE = 60, 600, 10


@csrf_exempt  # the provider's machine posts here; its signature is the right to
@require_POST
def heard(request: HttpRequest) -> JsonResponse:
    """`{"from": …, "text": …}` is answered with `{"reply": …}`; `{"not_reached": <Idempotency-Key>}` with nothing."""
    if over("texts-heard", str(get_adapter(request).get_client_ip(request)), MOST_OF_ALL, A_MINUTE):
        return JsonResponse({}, status=429)
    signature, told = _signature(request), _told(request.body)
    if not signature or told is None:
        return JsonResponse({}, status=400)
    if over("texts-from", number_hash(told.get("from", "")), MOST_OF_ONE, A_MINUTE):
        return JsonResponse({}, status=429)
    return JsonResponse(_taken(signature, told))


def sign(seconds: int, body: bytes) -> str:
    """What a provider has to show with a body."""
    return hmac.new(settings.KORU_TEXTS_SIGNING.encode(), b"%d." % seconds + body, hashlib.sha256).hexdigest()


@transaction.atomic
def _taken(signature: str, told: dict[str, str]) -> dict[str, str]:
    """Said again, it is as if it hadn't been."""
    SignedWord.objects.filter(at__lt=timezone.now() - 4 * SKEW).delete()
    _, is_new = SignedWord.objects.get_or_create(signature=signature)
    if not is_new:
        return {}
    if key := _key(told.get("not_reached", "")):
        came_back(key)
        return {}
    return {"reply": hear(told.get("from", ""), told.get("text", ""))}


def _signature(request: HttpRequest) -> str:
    """The one it was signed with, lately; else nothing."""
    found = SIGNED.fullmatch(request.headers.get("Koru-Signature", ""))
    if not found or not settings.KORU_TEXTS_SIGNING:
        return ""
    seconds, shown = int(found[1]), found[2]
    is_late = abs(timezone.now().timestamp() - seconds) > SKEW.total_seconds()
    return shown if not is_late and hmac.compare_digest(shown, sign(seconds, request.body)) else ""


def _told(body: bytes) -> dict[str, str] | None:
    """Words by name; None for anything else."""
    try:
        told: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        return None
    return told if told.keys() & {"from", "not_reached"} else None


def _key(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
