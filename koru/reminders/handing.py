"""Handing over: the last look at a letter, under its lock, and the mark that it is on its way."""

import logging
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from koru.moments.spans import Span
from koru.people.models import Clinic

from . import claiming
from .judging import Drop, PutOff, Standing, judged
from .kinds import kind
from .mailing import message_of
from .models import Hush, Letter, OptOut
from .quiet import QUIET_FROM, QUIET_UNTIL, Rest
from .rendering import rendered

log = logging.getLogger(__name__)
FACTS = {
    "now": Now(),
    "stopped": Exists(
        OptOut.objects.filter(
            Q(person=OuterRef("to")) | Q(person=None, address__iexact=OuterRef("address")), kind=OuterRef("kind")
        )
    ),
    "hushed_until": Subquery(
        Hush.objects.filter(person=OuterRef("to"), during__startswith__lte=Now(), during__endswith__gt=Now())
        .order_by("-during__endswith")
        .values("during__endswith")[:1]
    ),
}
CHOICES = ("to__is_active", "to__preferences__quiet_from", "to__preferences__quiet_until", "to__preferences__paused_until")


@dataclass(frozen=True, slots=True)
class Handed:
    """A letter on its way, and the message that carries it."""

    letter: UUID
    message: EmailMultiAlternatives


@transaction.atomic
def hand(letter_id: UUID, worker: UUID, clinic: Clinic) -> Handed | None:
    """Lock a claimed letter, look whether it goes now, write it, and mark it handed over. None: it doesn't go now."""
    mine = Letter.objects.filter(pk=letter_id, claimed_by=worker, lease_until__gt=Now())
    unsent = mine.filter(sent_at=None, withdrawn_at=None, failed_at=None)
    letter = unsent.select_for_update(of=("self",)).select_related("to").first()
    if letter is None:
        return None
    standing = standing_of(letter)
    verdict = judged(standing)
    if verdict:
        _not_now(letter, verdict)
        return None
    try:
        message = message_of(letter, rendered(letter, clinic, standing.now), clinic)
    except (KeyError, ValueError):
        log.exception("a letter of kind %s can't be written", letter.kind)
        _only(letter).update(failed_at=Now(), failure="can't be written", claimed_by=None, lease_until=None)
        return None
    _only(letter).update(handed_at=Now(), attempts=F("attempts") + 1, lease_until=Now() + claiming.LEASE)
    return Handed(letter.pk, message)


def standing_of(letter: Letter) -> Standing:
    """All that decides about a letter now, by the database's clock and the reader's present choices. One query."""
    facts = Letter.objects.filter(pk=letter.pk).annotate(**FACTS).values(*FACTS, *CHOICES).get()
    now, hushed_until = facts["now"], facts["hushed_until"]
    return Standing(
        kind=kind(letter.kind),
        now=now,
        due=letter.due_at,
        not_after=letter.not_after,
        rest=Rest(
            ZoneInfo(letter.zone),
            facts["to__preferences__quiet_from"] or QUIET_FROM,
            facts["to__preferences__quiet_until"] or QUIET_UNTIL,
            (Span(now, hushed_until),) if hushed_until else (),
        ),
        asked=letter.asked,
        stopped=facts["stopped"],
        paused_until=facts["to__preferences__paused_until"],
        gone=facts["to__is_active"] is False,
    )


def _not_now(letter: Letter, verdict: PutOff | Drop) -> None:
    if isinstance(verdict, PutOff):
        _only(letter).update(try_at=verdict.until, claimed_by=None, lease_until=None)
    else:
        why = f"in doubt, {verdict.why}" if letter.handed_at else verdict.why
        _only(letter).update(withdrawn_at=Now(), withdrawn_why=why, claimed_by=None, lease_until=None)


def _only(letter: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(pk=letter.pk)
