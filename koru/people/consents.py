"""Recording consent, clearance and who works with whom."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens

from .models import Alliance, Clearance, Consent, Cover, Ending, Person, Spacing


@widens
@transaction.atomic
def record_consent(client: Person, kind: str, version: int, words: str, *, by: Person) -> Consent:
    """Keep that a client consents, with the words shown. A consent of the kind in force is replaced."""
    now = timezone.now()
    Consent.objects.filter(client=client, kind=kind).in_force().update(withdrawn_at=now, withdrawn_by=by)
    return Consent.objects.create(
        client=client,
        kind=kind,
        version=version,
        words=words,
        words_hash=hashlib.sha256(words.encode()).hexdigest(),
        recorded_by=by,
    )


@narrows
@transaction.atomic
def withdraw_consent(client: Person, kind: str, *, by: Person) -> bool:
    """Take a consent back, at once. Whether there was one in force."""
    in_force = Consent.objects.filter(client=client, kind=kind).in_force()
    return bool(in_force.update(withdrawn_at=timezone.now(), withdrawn_by=by))


@neither
@transaction.atomic
def record_clearance(
    client: Person, prescriber_name: str, verdict: str, decided_on: date, valid_until: date | None, *, by: Person
) -> Clearance:
    """Keep the prescriber's word. The newest row is the one that counts."""
    return Clearance.objects.create(
        client=client,
        prescriber_name=prescriber_name,
        verdict=verdict,
        decided_on=decided_on,
        valid_until=valid_until,
        recorded_by=by,
    )


@neither
@transaction.atomic
def begin_alliance(client: Person, therapist: Person, *, by: Person) -> Alliance:
    """Let a therapist work with a client from now on. Already working together: the alliance there is."""
    alliance, _ = Alliance.objects.get_or_create(
        client=client, therapist=therapist, until=None, defaults={"since": timezone.now(), "made_by": by}
    )
    return alliance


@narrows
@transaction.atomic
def end_alliance(alliance: Alliance, *, by: Person, ended_as: str = "") -> None:
    """From this instant the therapist no longer reaches the record, nor do those whom they let cover.

    A goodbye that was begun and not finished is put off by it, and meeting less often isn't proposed any more.
    """
    now = timezone.now()
    Alliance.objects.filter(pk=alliance.pk, until=None).update(until=now, ended_as=ended_as)
    Ending.objects.open().filter(alliance=alliance).update(put_off_at=now)
    proposed = Spacing.objects.open().filter(client=alliance.client_id, proposed_by=alliance.therapist_id)
    proposed.update(ended_at=now, ended=Spacing.How.BACK)
    given = Cover.objects.filter(client=alliance.client_id, given_by=alliance.therapist_id, ended_at=None)
    given.filter(during__endswith__gt=now).update(ended_at=now, ended_by=by)


def has_consent(client: Person, kind: str) -> bool:
    return Consent.objects.filter(client=client, kind=kind).in_force().exists()


def version_given(client: Person, kind: str) -> int | None:
    """Which words they have said yes to, while that stands; None without a yes."""
    version: int | None = Consent.objects.filter(client=client, kind=kind).in_force().values_list("version", flat=True).first()
    return version


def is_cleared(client: Person, on: date) -> bool:
    """Whether the newest clearance says yes and covers that day (in the clinic's zone)."""
    newest = Clearance.objects.filter(client=client).first()
    return bool(newest and newest.verdict == Clearance.Verdict.YES and newest.valid_until and newest.valid_until >= on)
