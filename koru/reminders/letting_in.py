"""Letting a browser show notes, and no more: deeds of its owner."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from koru.moments.directions import narrows, widens
from koru.outside.pinned import Bounds, Elsewhere, place_of
from koru.people.consent_texts import consent_text
from koru.people.consents import has_consent, record_consent, withdraw_consent
from koru.people.models import Person

from .devices import CONSENT, Device, device_id, working
from .models import Preferences
from .rerouting import reroute

WaitsFor = Callable[[Person, datetime], datetime | None]
MOST = 10  # browsers a person
LONGEST = 1000  # signs of an address


class Tomorrow(Exception):
    """Within a day of a dosing session nobody agrees to more (clinical.md 10.1). `until` is when it opens again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class NoSubscription(ValueError):
    """What the browser handed over is no subscription of a push service that we know."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives out when it is let in: where to push to, and its public keys as base64url."""

    endpoint: str
    p256dh: str
    auth: str

    def checked(self) -> "Subscription":
        """Itself. Raises NoSubscription."""
        try:
            place_of(self.endpoint, Bounds(hosts=settings.KORU_PUSH_HOSTS))
            point, secret = decoded(self.p256dh), decoded(self.auth)
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except (Elsewhere, ValueError) as odd:
            raise NoSubscription from odd
        if len(self.endpoint) > LONGEST or len(secret) != 16 or not self.endpoint.isascii():
            raise NoSubscription
        return self


def decoded(key: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except binascii.Error as odd:
        raise ValueError(key) from odd


def devices_of(person: Person) -> QuerySet[Device]:
    """The browsers that are let in, while their sign-in lasts."""
    return working().filter(person=person).order_by("let_in_at")


@widens
@transaction.atomic
def let_in(person: Person, session: Session, given: Subscription, *, by: Person) -> Device:
    """Notes may be shown by this browser from now on; a client agrees by it to the words of the consent.

    Let in again, it is the same one. Raises NoSubscription, or Tomorrow within a day of a dosing session.
    """
    found = given.checked()
    if person.is_client:
        _agree(person)
    Preferences.objects.get_or_create(person=person)  # what reaches somebody is asked for with what they chose
    before = Device.objects.filter(pk=device_id(found.endpoint)).exclude(person=person).values_list("person", flat=True).first()
    keys = {"endpoint": found.endpoint, "p256dh": found.p256dh, "auth": found.auth}
    row = Device(pk=device_id(found.endpoint), person=person, session=session, let_in_at=timezone.now(), **keys)
    kept = ["person", "session", "let_in_at", *keys]
    [device] = Device.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=kept)
    oldest = devices_of(person).values_list("pk", flat=True).reverse()[MOST:]
    Device.objects.filter(pk__in=list(oldest)).delete()
    reroute(person.pk)
    if before:
        reroute(before)
    return device


@narrows
@transaction.atomic
def put_out(person: Person, devices: Iterable[Device], *, by: Person) -> int:
    """These of theirs show notes no more; what was on its way takes another way. How many there were."""
    gone, _ = Device.objects.filter(person=person, pk__in=[one.pk for one in devices]).delete()
    if gone and person.is_client and not Device.objects.filter(person=person).exists():
        withdraw_consent(person, CONSENT, by=by)
    if gone:
        reroute(person.pk)
    return gone


def _agree(client: Person) -> None:
    waits_for: WaitsFor = import_string(settings.KORU_DECIDES_TOMORROW)
    if until := waits_for(client, timezone.now()):
        raise Tomorrow(until)
    if not has_consent(client, CONSENT):
        text = consent_text(CONSENT)
        record_consent(client, CONSENT, text.version, text.text, by=client)
