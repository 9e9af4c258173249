"""Inviting: whom, with which therapist, and when the link goes out."""

from django import forms

from koru.people.fields import TherapistField
from koru.people.models import Person
from koru.ui.forms import KoruForm, OneLineField
from koru.ui.widgets import Choices

NOW, MORNING = "now", "morning"
SEND = [(NOW, "Now"), (MORNING, "Tomorrow at 10:00 am, their time")]
HINTS = {NOW: "Whatever the hour: for somebody who waits for it."}


class InviteForm(KoruForm):
    """For somebody whose talk was held: name and address are known."""

    therapist = TherapistField(label="Therapist", required=False, empty_label="Not yet", help_text="Begins with the account.")
    send = forms.ChoiceField(label="When does the link go out?", choices=SEND, initial=NOW, widget=Choices(hints=HINTS))


class DirectInviteForm(InviteForm):
    """For somebody who comes another way."""

    name = OneLineField(label="Name", help_text="What they like to be called.", max_length=80)
    email = forms.EmailField(label="Email", max_length=254, widget=forms.EmailInput({"autocomplete": "off"}))
    field_order = ("name", "email", "therapist", "send")

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"].strip().lower()
        if Person.objects.filter(email__iexact=address).exists():
            raise forms.ValidationError("This address has an account already.")
        return address
