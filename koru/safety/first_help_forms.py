"""The two things that the page with help can take: a call back, and that somebody carries on."""

from collections.abc import Mapping
from typing import Any

from django import forms

from koru.people.models import Person
from koru.ui.forms import KoruForm, OneLineField, PhoneField


class CallForm(KoruForm):
    """A number to call and when it suits."""

    number = PhoneField(label="Your number", autocomplete="tel")
    best_time = OneLineField(
        label="When suits you best?", required=False, max_length=80, help_text="Like “after 2 pm”. You can leave it empty."
    )

    def __init__(self, data: Mapping[str, Any] | None, client: Person) -> None:
        super().__init__(data, initial={"number": client.phone})
        self.fields["number"].required = True
        self.fields["number"].error_messages["required"] = "Which number could the clinic call?"


class StepForm(forms.Form):
    """What somebody did on the page, from one of its buttons."""

    what = forms.ChoiceField(choices=[(what, what) for what in ("carried_on", "help", "plan")])
