"""How allauth behaves here: nobody registers without an invitation, second factors are sealed."""

import base64
import os
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from koru.sealing.keks import current_kek, keks

from .inviting import accept
from .models import Invitation, Person

INVITATION = "invitation"
NONCE = 12


def invited(request: HttpRequest) -> Invitation | None:
    """The open invitation whose link this browser has followed."""
    kept = request.session.get(INVITATION)
    return Invitation.objects.open().filter(pk=UUID(kept)).first() if kept else None


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up belongs to an invitation: its address, its role, its name to start with."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invited(request) is not None

    def clean_email(self, email: str) -> str:
        address = str(super().clean_email(email)).strip().lower()
        invitation = invited(self.request) if self.request else None
        if invitation and address != invitation.email:
            raise ValidationError("This invitation belongs to another address. Use the one it was sent to.")
        return address

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        invitation = invited(request)
        if invitation is None:
            raise ValidationError("This invitation has been used or has expired.")
        user.role, user.zone, user.display_name = invitation.role, invitation.zone, invitation.name
        with transaction.atomic():
            person: Person = super().save_user(request, user, form, commit=True)
            accept(invitation, person)
        request.session.pop(INVITATION, None)
        return person


class SealedFactorsAdapter(DefaultMFAAdapter):
    """allauth keeps TOTP secrets and recovery seeds in the clear unless told otherwise: sealed under the practice's key."""

    def encrypt(self, text: str) -> str:
        nonce, kek = os.urandom(NONCE), current_kek()
        blob = AESGCM(keks()[kek]).encrypt(nonce, text.encode(), b"mfa" + kek.encode())
        return f"{kek}.{base64.urlsafe_b64encode(nonce + blob).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        kek, _, encoded = encrypted_text.partition(".")
        blob = base64.urlsafe_b64decode(encoded)
        return AESGCM(keks()[kek]).decrypt(blob[:NONCE], blob[NONCE:], b"mfa" + kek.encode()).decode()


def shown_name(person: Person) -> str:
    return person.display_name
