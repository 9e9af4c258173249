"""What an answer to a hello brings along."""

from collections.abc import Mapping
from typing import Any

from django import forms

from koru.safety.quiet_hellos import QuietHello
from koru.ui.forms import KoruForm, PhoneField


class AnswerForm(KoruForm):
    """One of the three; whether the person they work with may know; a number where they ask for a call."""

    say = forms.ChoiceField(choices=QuietHello.Answer.choices, widget=forms.HiddenInput)
    told = forms.BooleanField(label="The person I work with may know", required=False)
    number = PhoneField(label="Your number", autocomplete="tel")

    def __init__(self, data: Mapping[str, Any] | None, *, known: bool) -> None:
        super().__init__(data)
        self.known = known
        if known:
            self.fields["number"].help_text = "Leave it empty for the number that we have."

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        missing = told.get("say") == QuietHello.Answer.CALL and not self.known and not told.get("number")
        if missing and "number" not in self.errors:
            self.add_error("number", "Which number could we call?")
        return told
