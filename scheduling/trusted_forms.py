"""Whom a client asks to fetch them."""

from typing import Any

from django import forms

from koru.ui.forms import KoruForm, OneLineField, PhoneField

from .trusting import Named


class TrustedForm(KoruForm):
    name = OneLineField(label="Who fetches you?", max_length=80, error_messages={"required": "Write the name you call them by."})
    email = forms.EmailField(
        label="Their mail address",
        help_text="We send them one link. Without an address, you can pass the link on yourself.",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "inputmode": "email"}),
    )
    phone = PhoneField(label="Their number", help_text="For the clinic, if it gets late.", autocomplete="off")

    def named(self) -> Named:
        said: dict[str, Any] = self.cleaned_data
        return Named(said["name"], said["email"], said["phone"])
