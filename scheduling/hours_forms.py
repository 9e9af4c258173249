"""Weekly hours and days that differ, as plain forms."""

from typing import Any

from django import forms

from koru.ui.forms import KoruForm
from koru.ui.times import WEEKDAYS
from koru.ui.widgets import DateInput, TimeInput

from .models import AvailabilityException

DAYS = [(number, name) for number, name in enumerate(WEEKDAYS, start=1)]
ORDER = "The end comes after the start."


class WeeklyForm(KoruForm):
    """Two forms share a page, so each names its fields apart."""

    weekday = forms.TypedChoiceField(label="Day of the week", choices=DAYS, coerce=int)
    opens = forms.TimeField(label="From", widget=TimeInput)
    closes = forms.TimeField(label="To", widget=TimeInput)
    starting = forms.DateField(label="Starting on", widget=DateInput)
    until = forms.DateField(label="Last day", required=False, widget=DateInput, help_text="Empty: until you end it.")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="week_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("opens") and said.get("closes") and said["closes"] <= said["opens"]:
            self.add_error("closes", ORDER)
        if said.get("starting") and said.get("until") and said["until"] < said["starting"]:
            self.add_error("until", ORDER)
        return said


class DayForm(KoruForm):
    what = forms.ChoiceField(label="What differs", choices=AvailabilityException.What.choices)
    on = forms.DateField(label="Day", widget=DateInput)
    opens = forms.TimeField(label="From", required=False, widget=TimeInput, help_text="Empty, when away: all day.")
    closes = forms.TimeField(label="To", required=False, widget=TimeInput)

    everybody = forms.BooleanField(label="The whole clinic", required=False)

    def __init__(self, data: Any = None, *, from_desk: bool = False, **kwargs: Any) -> None:
        super().__init__(data, auto_id="day_%s", **kwargs)
        if not from_desk:
            del self.fields["everybody"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._check_hours(said)
        return said

    def _check_hours(self, said: dict[str, Any]) -> None:
        opens, closes = said["opens"], said["closes"]
        if bool(opens) != bool(closes):
            self.add_error("closes" if opens else "opens", "Give both times, or none for all day.")
        elif opens and closes <= opens:
            self.add_error("closes", ORDER)
        elif said["what"] == AvailabilityException.What.EXTRA and (not opens or said.get("everybody")):
            self.add_error("opens", "Hours outside the week need a start and an end, for one person.")
