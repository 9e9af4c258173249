"""Who can't be there, and what is done for one of their people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from koru.people.models import Person
from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices, DateInput, TimeInput
from scheduling.absent import LONGEST
from scheduling.hours_forms import DayField
from scheduling.hours_page import who_keep_hours
from scheduling.terms import CLINIC_HORIZON

PICK = "Pick one of these ways."


class AwayForm(KoruForm):
    """Today, unless another day is named."""

    person = forms.ModelChoiceField(label="Who can't be there", queryset=Person.objects.none(), empty_label="Choose")
    first = DayField(label="First day", widget=DateInput)
    opens = forms.TimeField(label="From", required=False, widget=TimeInput, help_text="Empty: the whole day.")
    last = DayField(label="Last day", required=False, widget=DateInput, help_text="Empty: that day only.")

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"first": today, **kwargs.pop("initial", {})}, **kwargs)
        self.today = today
        people = self.fields["person"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = who_keep_hours()

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < self.today:
            raise ValidationError("From today on: what is over is put right on its own page.")
        if first - self.today > CLINIC_HORIZON:
            raise ValidationError("That is further ahead than we book.")
        return first

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            said["last"] = said["last"] or said["first"]
            if said["last"] < said["first"]:
                self.add_error("last", "The end comes after the start.")
            elif said["last"] - said["first"] > LONGEST:
                self.add_error("last", "Two months at most. Longer is a change of hours.")
        return said


class WayForm(KoruForm):
    """One of the ways that the page has offered.

    "give <therapist>", "beside <person>", "alone", "move <instant>", "call", "stay", "cancel".
    """

    way = forms.ChoiceField(label="What do you do?", widget=Choices, error_messages={"invalid_choice": PICK, "required": PICK})
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["way"]
        if isinstance(field, forms.ChoiceField):
            field.choices = ways

    @property
    def parts(self) -> tuple[str, str]:
        name, _, value = str(self.cleaned_data["way"]).partition(" ")
        return name, value


def instant_said(value: str) -> datetime:
    return datetime.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Given:
    """One of the easy ones, as the page has put it: which, to whom, and as of which revision."""

    appointment: UUID
    person: UUID
    revision: int


def triple_said(value: str) -> Given | None:
    """ "<appointment> <person> <revision>"; nothing for what the page can't have sent."""
    try:
        appointment, person, revision = value.split(" ")
        return Given(UUID(appointment), UUID(person), int(revision))
    except ValueError:
        return None
