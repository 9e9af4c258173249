"""How allauth behaves here: nobody registers without an invitation, second factors are sealed."""

import base64
import os
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect

from koru.sealing.keks import current_kek, keks

from .homes import home_of
from .inviting import accept, take
from .lasting import limit_session
from .models import Invitation, Person
from .permissions import person_of
from .sessions import end_other_sessions

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

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Make the account and spend the invitation. Whoever comes second with one link is led to the page that says so."""
        invitation = take(UUID(request.session[INVITATION]))
        if not invitation.is_open:
            raise ImmediateHttpResponse(redirect("people:invitation", invitation.token))
        user.role, user.zone, user.display_name = invitation.role, invitation.zone, invitation.name
        person: Person = super().save_user(request, user, form, commit=True)
        accept(invitation, person)
        request.session.pop(INVITATION, None)
        return person

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        limit_session(request, user)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """allauth calls this at each change of a password, an address or a factor, and only then: elsewhere they are out."""
        super().send_notification_mail(template_prefix, user, context, email)
        end_other_sessions(self.request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(person_of(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return home_of(person_of(request)) if request.user.is_authenticated else str(settings.LOGIN_REDIRECT_URL)


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
