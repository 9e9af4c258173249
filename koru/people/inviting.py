"""Invitations: a link that opens an account once."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.sealing.tokens import new_token, token_hash

from .consents import begin_alliance
from .models import Invitation, Person, Role

VALID_FOR = timedelta(days=14)


class AlreadyInvited(Exception):
    """This address has an account."""


@neither
@transaction.atomic
def invite(
    email: str,
    name: str,
    *,
    by: Person,
    zone: str,
    role: str = Role.CLIENT,
    therapist: Person | None = None,
    about: UUID | None = None,
) -> Invitation:
    """Open an invitation; one still open for the address is withdrawn. The caller plans its letter.

    Raises AlreadyInvited when somebody already signs in with this address.
    """
    address = email.strip().lower()
    if Person.objects.filter(email__iexact=address).exists():
        raise AlreadyInvited
    now = timezone.now()
    Invitation.objects.filter(email__iexact=address, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now, about=None)
    token = new_token()
    return Invitation.objects.create(
        email=address,
        name=name,
        role=role,
        zone=zone,
        therapist=therapist,
        invited_by=by,
        about=about,
        token=token,
        token_hash=token_hash(token),
        expires_at=now + VALID_FOR,
    )


def invitation_for(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state."""
    return Invitation.objects.filter(token_hash=token_hash(token)).first()


def take(invitation: UUID) -> Invitation:
    """The invitation's row, locked: of two who come at once, the second sees what the first has done."""
    row: Invitation = Invitation.objects.select_for_update().get(pk=invitation)
    return row


@transaction.atomic
def accept(invitation: Invitation, person: Person) -> None:
    """Spend the invitation for a new account, and let the named therapist begin.

    Raises Invitation.DoesNotExist when it was spent, withdrawn or has expired meanwhile.
    """
    row = Invitation.objects.open().select_for_update().get(pk=invitation.pk)
    row.accepted_at = timezone.now()
    row.accepted_by = person
    row.save(update_fields=["accepted_at", "accepted_by"])
    if row.therapist and person.is_client:
        begin_alliance(person, row.therapist, by=row.invited_by)
