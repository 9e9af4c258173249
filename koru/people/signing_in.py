"""allauth's forms with the clinic's rules: adults only, the invited address alone, codes for clients only."""

from typing import Any

from allauth.account.forms import LoginForm, RequestLoginCodeForm, SignupForm
from django import forms
from django.http import HttpRequest, HttpResponse

from .lasting import limit_session
from .models import Person


class ForARole(LoginForm):
    """Signing in by password; how long that holds follows from the role, not from a tick."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        if isinstance(request.user, Person):
            limit_session(request, request.user)
        return answer


class ForClients(RequestLoginCodeForm):
    """A code by mail is for clients. For everybody else the answer is the one for an unknown address."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        found: object = getattr(self, "_user", None)
        if isinstance(found, Person) and not found.is_client:
            self._user = None
        return email


class ByInvitation(SignupForm):
    """An account for the address that was invited, and for adults."""

    field_order = ("email", "password1", "adult")
    adult = forms.BooleanField(
        label="I'm 18 or older",
        error_messages={
            "required": "Koru is for adults. If you're under 18, please call the clinic: they can tell you who may fit."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.update(readonly=True, placeholder="")
        self.fields["password1"].help_text = ""
        self.fields["password1"].widget.attrs["placeholder"] = ""
