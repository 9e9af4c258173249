"""What the desk writes down about a client: contact, consents, clearance, who works with them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from koru.people.fields import TherapistField
from koru.people.models import Alliance, Clearance
from koru.ui.forms import KoruForm, OneLineField, PhoneField
from koru.ui.widgets import Choices, DateInput

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


class ContactForm(KoruForm):
    phone = PhoneField(label="Phone")
    contact_name = OneLineField(label="Who to call in an emergency", max_length=80, required=False)
    contact_phone = PhoneField(label="Their phone")
    contact_relation = OneLineField(label="Who they are to the client", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("contact_phone") and not cleaned.get("contact_name") and "contact_name" not in self.errors:
            self.add_error("contact_name", "Whose number is it? Please give a name.")
        return cleaned


class ConsentForm(KoruForm):
    """A yes to one text. `version` is the one that was on the page: other words in between are shown first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label="The client has read these words and says yes")

    def __init__(self, *args: Any, current: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = current

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "version" not in self.errors and cleaned.get("version") != self.current:
            raise ValidationError("The words have changed since this page was opened. Please read them together again.")
        return cleaned


class ClearanceForm(KoruForm):
    prescriber_name = OneLineField(label="Prescriber", max_length=120)
    verdict = forms.ChoiceField(label="What did they decide?", choices=Clearance.Verdict.choices, widget=Choices)
    decided_on = forms.DateField(label="Decided on", widget=DateInput)
    valid_until = forms.DateField(label="Valid until", widget=DateInput, required=False, help_text="Needed when cleared.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decided_on(self) -> date:
        decided: date = self.cleaned_data["decided_on"]
        if not EARLIEST <= decided <= self.today:
            raise ValidationError("Enter a day up to today.")
        return decided

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        until, decided = cleaned.get("valid_until"), cleaned.get("decided_on")
        if "valid_until" in self.errors:
            return cleaned
        if cleaned.get("verdict") == Clearance.Verdict.YES and until is None:
            self.add_error("valid_until", "A clearance has an end. Please give its last day.")
        elif until and (until > LATEST or (decided and until < decided)):
            self.add_error("valid_until", "The last day comes after the decision, within this century.")
        return cleaned


class TherapistForm(KoruForm):
    therapist = TherapistField(label="Therapist", empty_label="Choose one")


class PartForm(KoruForm):
    """Why two no longer work together, where there was no goodbye."""

    ended_as = forms.ChoiceField(
        label="Why, without a goodbye?",
        choices=[(one.value, one.label.capitalize()) for one in Alliance.EndedAs if one != Alliance.EndedAs.GOODBYE],
        error_messages={"required": "Say why first.", "invalid_choice": "Pick one of the reasons shown."},
    )
