"""Name, number and address of somebody who has no account. One of number and address is enough."""

from typing import Any

from django import forms

from koru.ui.forms import KoruForm, OneLineField, PhoneField


class ReachForm(KoruForm):
    name = OneLineField(label="Name", max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    phone = PhoneField(label="Phone", help_text="One of phone and email is enough.", autocomplete="off")
    email = forms.EmailField(
        label="Email",
        required=False,
        max_length=254,
        help_text="If they like: then the time and a link to change it go there.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if not self.errors and not (self.cleaned_data.get("phone") or self.cleaned_data.get("email")):
            self.add_error("phone", "Write down a number, or a mail address.")
        return said
