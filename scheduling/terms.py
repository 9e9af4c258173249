"""On which terms somebody may have time of a kind: from when, until when, and what is still missing.

The list of open times and the deed that books ask here, so that what is offered can be had, and nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from koru.people.consent_texts import consent_text
from koru.people.consents import version_given
from koru.people.models import Clearance, Person

from .models import AppointmentKind
from .refusals import DecideTomorrow, NotReady, Refused
from .resting import waits_for

CLINIC_HORIZON = timedelta(days=366)
TREATMENT = "treatment"


@dataclass(frozen=True, slots=True)
class Terms:
    """Starts lie in [earliest, latest), on no day after `last_day`. With a `refusal`, none is open."""

    earliest: datetime
    latest: datetime
    last_day: date | None = None
    refusal: Refused | None = None


def terms_for(kind: AppointmentKind, *, by: Person | None, client: Person | None, now: datetime, moving: bool = False) -> Terms:
    """What holds for `by` (None: a visitor) booking or moving a kind for a client. Notice is for clients and visitors."""
    from_clinic = by is not None and not by.is_client
    lead = timedelta() if from_clinic else timedelta(hours=kind.lead_hours)
    horizon = CLINIC_HORIZON if from_clinic else timedelta(days=kind.horizon_days)
    refusal: Refused | None = None if from_clinic or moving else rest_after_session(client, now)
    last_day, missing = readiness(kind, client)
    return Terms(now + lead, now + horizon, last_day, missing or refusal)


def readiness(kind: AppointmentKind, client: Person | None) -> tuple[date | None, NotReady | None]:
    """The last day that clearance covers, and what is missing in words."""
    if client is None:
        return None, None
    if kind.needs_consent and (unsaid := _consent_missing(client)):
        return None, unsaid
    if not kind.needs_clearance:
        return None, None
    newest = Clearance.objects.filter(client=client).first()
    if newest is None or newest.verdict != Clearance.Verdict.YES:
        return None, NotReady("Your prescriber's clearance isn't recorded yet. The clinic lets you know.")
    return newest.valid_until, None


def _consent_missing(client: Person) -> NotReady | None:
    """A yes to older words no longer opens what they govern; all else goes on."""
    given = version_given(client, TREATMENT)
    if given is None:
        return NotReady("Your consent isn't recorded yet. The clinic does that with you.")
    if given < consent_text(TREATMENT).version:
        return NotReady("The words of your consent are new since you said yes. The clinic goes through them with you.")
    return None


def rest_after_session(client: Person | None, now: datetime) -> DecideTomorrow | None:
    """From a dosing session's start until a day after its end a client books nothing more."""
    until = waits_for(client, now) if client else None
    return DecideTomorrow(until) if until else None
