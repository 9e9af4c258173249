"""From one day to another: two days in an address."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from koru.ui.forms import KoruForm
from koru.ui.widgets import DateInput

from .ranges import FIRST_EVER, Range, own_range

NO_DAY = "Pick a day, like 2026-11-24."


def day_field(label: str) -> forms.DateField:
    words = {"required": NO_DAY, "invalid": NO_DAY}
    return forms.DateField(label=label, widget=DateInput, input_formats=["%Y-%m-%d"], error_messages=words)


class RangeForm(KoruForm):
    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields |= {"from": day_field("From"), "to": day_field("To")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and (first > self.today or first < FIRST_EVER):
            self.add_error("from", ValidationError("There is nothing to look back on at that day."))
        elif first and last and first > last:
            self.add_error("to", ValidationError("The last day comes before the first."))
        return cleaned

    @property
    def range(self) -> Range:
        return own_range(self.cleaned_data["from"], self.cleaned_data["to"], self.today)
