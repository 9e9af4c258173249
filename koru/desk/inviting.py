"""Inviting somebody from the desk: the link, its letter, and one nudge, in one transaction."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.walltime import instant_of
from koru.people.inviting import VALID_FOR, invite
from koru.people.models import Invitation, Person, Role
from koru.reminders.planning import Plan, Recipient, plan, withdraw
from scheduling.alone import deed

FORENOON = time(10)
NUDGE_AFTER = timedelta(days=3)
TWICE = timedelta(minutes=2)
PATH = "/invitation/{token}/"


@neither
@deed
def invite_by_letter(
    email: str,
    name: str,
    *,
    by: Person,
    zone: str,
    therapist: Person | None = None,
    about: UUID | None = None,
    send_at: datetime | None = None,
) -> Invitation:
    """Open an invitation and plan its letters; those of an earlier one for the address are taken back.

    `send_at` None: at once. Sent twice within two minutes, the first stands. Raises AlreadyInvited for an account's address.
    """
    waiting = Invitation.objects.filter(email__iexact=email.strip(), accepted_at=None, withdrawn_at=None)
    twice: Invitation | None = waiting.filter(made_at__gt=timezone.now() - TWICE, invited_by=by, about=about).first()
    if twice:
        return twice
    earlier = list(waiting.values_list("pk", flat=True))
    invitation = invite(email, name, by=by, zone=zone, role=Role.CLIENT, therapist=therapist, about=about)
    for one in earlier:
        withdraw(one, "invited anew")
    plan_invitation(invitation, send_at)
    return invitation


def plan_invitation(invitation: Invitation, send_at: datetime | None) -> None:
    """The invitation's letter, and the one note on the third day (clinical.md section 8: C3, I1)."""
    to = Recipient(invitation.zone, address=invitation.email)
    sent = send_at or timezone.now()
    nudge = instant_of(_day(sent + NUDGE_AFTER, to.zone), FORENOON, ZoneInfo(to.zone))
    words = _facts(invitation)
    letter = Plan("consultation-after", to, invitation.pk, 0, send_at, invitation.expires_at, "", words, invitation.token)
    plan([letter, replace(letter, kind="invitation-again", due_at=nudge)])


def tomorrow_forenoon(zone: str, now: datetime) -> datetime:
    """Ten o'clock on the next day of somebody's calendar."""
    return instant_of(_day(now, zone) + timedelta(days=1), FORENOON, ZoneInfo(zone))


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _facts(invitation: Invitation) -> dict[str, str]:
    return {
        "path": PATH,
        "first_name": invitation.name,
        "until": invitation.expires_at.isoformat(),
        "days": str(VALID_FOR.days),
    }
