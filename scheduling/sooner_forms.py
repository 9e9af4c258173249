"""What somebody waits for, as they say it. Empty means any."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from koru.people.models import Person
from koru.ui.forms import KoruForm
from koru.ui.times import WEEKDAYS
from koru.ui.widgets import DateInput, Ticks

from .models import SoonerWish
from .sooner import Part

FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)
NOTICES = [
    (12, "Half a day before"),
    (24, "A day before"),
    (48, "Two days before"),
    (72, "Three days before"),
    (168, "A week before"),
]


class DayField(forms.DateField):
    """A day within reach; one that is centuries away is none."""

    widget = DateInput

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not FIRST <= day <= LAST:
            raise forms.ValidationError("Pick a day that is nearer.")
        return day


class SoonerForm(KoruForm):
    """`therapists` are those to choose from; one alone is not asked about."""

    therapist = forms.ChoiceField(label="With whom?", required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label="Which days?",
        required=False,
        coerce=int,
        widget=Ticks,
        choices=list(enumerate(WEEKDAYS, 1)),
        help_text="None ticked: any day.",
    )
    parts = forms.MultipleChoiceField(
        label="Which part of the day?", required=False, widget=Ticks, choices=Part.choices, help_text="None ticked: any."
    )
    first_day = DayField(label="Not before", required=False)
    last_day = DayField(label="Not after", required=False)
    notice_hours = forms.TypedChoiceField(label="How long before do you want to know?", coerce=int, choices=NOTICES, initial=24)

    def __init__(self, data: Any, *, therapists: Sequence[Person], wish: SoonerWish | None = None) -> None:
        self.therapists = {str(one.pk): one for one in therapists}
        super().__init__(data, initial=_said(wish) if wish else None)
        if len(self.therapists) > 1:
            field = self.fields["therapist"]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Anybody I work with"), *((key, str(one)) for key, one in self.therapists.items())]
        else:
            del self.fields["therapist"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "This lies before the other day.")
        return said

    @property
    def wants(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["therapist"] = self.therapists.get(said.get("therapist", ""))
        return said


def _said(wish: SoonerWish) -> dict[str, Any]:
    names = ("weekdays", "parts", "first_day", "last_day", "notice_hours")
    return {**{name: getattr(wish, name) for name in names}, "therapist": str(wish.therapist_id or "")}
