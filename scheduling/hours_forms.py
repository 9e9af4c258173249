"""Weekly hours, a whole week of them, and days that differ, as plain forms."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from koru.ui.forms import KoruForm, OneLineField
from koru.ui.times import WEEKDAYS
from koru.ui.widgets import DateInput, TimeInput

from .hours import LONGEST
from .hours_grid import week_of_cells
from .looking import FIRST_DAY, LAST_DAY
from .models import AvailabilityException
from .working import Stretch

DAYS = [(number, name) for number, name in enumerate(WEEKDAYS, start=1)]
ORDER = "The end comes after the start."
EMPTY = "Empty: until you change it."
ALL_CELLS = 7 * 24 * 60


class DayField(forms.DateField):
    """A day that a calendar can count on from: not one at the end of all days."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError("Give a day of this century or the next.")


class CellsField(forms.Field):
    """The ticked half hours of a week, as stretches by weekday."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[int, list[Stretch]]:
        try:
            return week_of_cells(list(value or ())[:ALL_CELLS])
        except (ValueError, KeyError):
            raise ValidationError("Pick half hours of the week shown.") from None


class WeekForm(KoruForm):
    """A whole week from a day on. `seen` is the digest of the hours that it was made from."""

    at = CellsField(label="Hours", required=False)
    starting = DayField(label="From this day on", widget=DateInput)
    until = DayField(label="Last day", required=False, widget=DateInput, help_text=EMPTY)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, auto_id="grid_%s", **kwargs)
        self.today = today

    def clean_starting(self) -> date:
        starting: date = self.cleaned_data["starting"]
        if starting < self.today:
            raise ValidationError("Hours change from today on; what was stays on record.")
        return starting

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("starting") and said.get("until") and said["until"] < said["starting"]:
            self.add_error("until", ORDER)
        return said


class WeeklyForm(KoruForm):
    """Forms share a page, so each names its fields apart."""

    weekday = forms.TypedChoiceField(label="Day of the week", choices=DAYS, coerce=int)
    opens = forms.TimeField(label="From", widget=TimeInput)
    closes = forms.TimeField(label="To", widget=TimeInput)
    starting = DayField(label="Starting on", widget=DateInput)
    until = DayField(label="Last day", required=False, widget=DateInput, help_text=EMPTY)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="week_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("opens") and said.get("closes") and said["closes"] <= said["opens"]:
            self.add_error("closes", ORDER)
        if said.get("starting") and said.get("until") and said["until"] < said["starting"]:
            self.add_error("until", ORDER)
        return said


class DaysForm(KoruForm):
    """Days that differ. Closed ones of the clinic have a name; there is nothing else they can be."""

    what = forms.ChoiceField(label="What differs", choices=AvailabilityException.What.choices)
    name = OneLineField(label="What the day is called", required=False, max_length=60)
    on = DayField(label="Day", widget=DateInput)
    last = DayField(label="Last day", required=False, widget=DateInput, help_text="Empty: one day.")
    opens = forms.TimeField(label="From", required=False, widget=TimeInput, help_text="Empty: all day.")
    closes = forms.TimeField(label="To", required=False, widget=TimeInput, help_text="Empty: to the end of the day.")

    def __init__(self, data: Any = None, *, of_clinic: bool = False, **kwargs: Any) -> None:
        super().__init__(data, auto_id="day_%s", **kwargs)
        del self.fields["what" if of_clinic else "name"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            said["last"] = said["last"] or said["on"]
            self._check_days(said["on"], said["last"])
            self._check_hours(said)
        return said

    def _check_days(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", ORDER)
        elif last - first > LONGEST:
            self.add_error("last", "At most a year at once.")

    def _check_hours(self, said: dict[str, Any]) -> None:
        opens, closes = said["opens"], said["closes"]
        if closes and not opens:
            self.add_error("opens", "Give a start too, or none of both for all day.")
        elif opens and closes and closes <= opens:
            self.add_error("closes", ORDER)
        elif said.get("what") == AvailabilityException.What.EXTRA and not (opens and closes):
            self.add_error("opens", "Hours outside the week need a start and an end.")


def day_after(day: date | None) -> date | None:
    """Ranges end before a day; forms name the last one. The last day that there is has none after it: no end."""
    return day + timedelta(days=1) if day and day < date.max else None
