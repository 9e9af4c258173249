"""Consents and clearances of invented clients, dated as if they had been recorded then."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

from koru.people.consent_texts import ConsentText, load
from koru.people.models import Clearance, Consent, Person


def consents(client: Person, at: datetime, by: Person) -> None:
    Consent.objects.bulk_create(consent_rows(client, at, by))


def consent_rows(client: Person, at: datetime, by: Person) -> Iterator[Consent]:
    """A yes to each text that is asked for before a first session."""
    for text in load().values():
        if text.needed and text.offered:
            yield _consent(client, text, at, by)


def _consent(client: Person, text: ConsentText, at: datetime, by: Person) -> Consent:
    return Consent(
        client=client,
        kind=text.kind,
        version=text.version,
        words=text.text,
        words_hash=hashlib.sha256(text.text.encode()).hexdigest(),
        given_at=at,
        recorded_by=by,
    )


def clearance(client: Person, prescriber: str, decided: date, until: date, by: Person) -> None:
    Clearance.objects.bulk_create([clearance_row(client, prescriber, decided, until, by)])


def clearance_row(client: Person, prescriber: str, decided: date, until: date, by: Person) -> Clearance:
    return Clearance(
        client=client,
        prescriber_name=prescriber,
        verdict=Clearance.Verdict.YES,
        decided_on=decided,
        valid_until=until,
        recorded_by=by,
    )
