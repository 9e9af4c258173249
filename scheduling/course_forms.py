"""What is said to have a course proposed: which one, and from which day on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices

from .models import CourseTemplate


class ProposeForm(KoruForm):
    template = forms.ChoiceField(label="Which", widget=Choices, error_messages={"required": "Pick one of them."})
    from_day = forms.DateField(
        label="From which day on", required=False, help_text="Left out: from now on.", widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, data: Any, *, templates: Sequence[CourseTemplate], today: date, last: date) -> None:
        super().__init__(data)
        which = self.fields["template"]
        if isinstance(which, forms.ChoiceField):
            which.choices = [(one.pk, one.name) for one in templates]
        self.today, self.last = today, last

    def clean_from_day(self) -> date:
        day: date = self.cleaned_data["from_day"] or self.today
        if not self.today <= day <= self.last:
            raise forms.ValidationError("Pick a day from today on, within a year.")
        return day


class BookCourseForm(KoruForm):
    keyed = True
