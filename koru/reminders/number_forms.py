"""Forms about the number that text messages go to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from koru.people.models import Person
from koru.ui.forms import KoruForm, OneLineField

from .e164 import NoCountry, NotANumber, e164


class NumberForm(KoruForm):
    number = OneLineField(
        label="Mobile number",
        help_text="With the country in front, such as +1\N{NO-BREAK SPACE}212\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}0100",
        max_length=40,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Which number may texts go to?"},
    )
    agreed = forms.BooleanField(
        label="Yes, texts may come to this number",
        error_messages={"required": "Texts need your yes. Without it, notes go on coming by mail."},
    )

    def __init__(self, data: Mapping[str, Any] | None, person: Person, number: str = "") -> None:
        self.region = person.region
        super().__init__(data, initial={"number": number})

    def clean_number(self) -> str:
        try:
            return e164(self.cleaned_data["number"], self.region)
        except NoCountry as odd:
            raise ValidationError("The country is missing: it begins with a plus, such as +44 or +1.") from odd
        except NotANumber as odd:
            raise ValidationError("This doesn’t look like a phone number: is a digit missing?") from odd


class CodeForm(KoruForm):
    code = OneLineField(
        label="The six digits",
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "The six digits stand in the text."},
    )

    def clean_code(self) -> str:
        """As it was typed, without what stands between."""
        return "".join(str(self.cleaned_data["code"]).replace("-", " ").split())
