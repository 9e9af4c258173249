"""Who covers for whom, when and why: the form checks and speaks, and writes nothing."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from koru.people.covering import LONGEST_REASON, MOST_DAYS, SHORTEST_REASON
from koru.people.fields import PeopleField, TherapistField
from koru.people.models import Person
from koru.ui.forms import KoruForm, OneLineField
from koru.ui.widgets import DateInput, Ticks
from scheduling.hours_forms import DayField

from .cover_giving import may_ask_for

AHEAD = timedelta(days=180)


class CoverForm(KoruForm):
    """For one or several clients the same therapist, days and reason."""

    clients = PeopleField(
        label="For whom",
        queryset=Person.objects.none(),
        widget=Ticks,
        error_messages={
            "required": "Tick at least one person.",
            "invalid_choice": "Pick from those shown.",
        },
    )
    therapist = TherapistField(
        label="Who covers",
        empty_label="Choose",
        error_messages={"required": "Choose who covers.", "invalid_choice": "Pick a therapist of this clinic."},
    )
    first = DayField(label="First day", widget=DateInput)
    last = DayField(label="Last day", widget=DateInput, help_text=f"{MOST_DAYS} days at most. It can be given again.")
    reason = OneLineField(
        label="Why",
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text="The client reads this. For example: “I am away these two weeks.”",
        error_messages={"required": "Say why: the client reads it."},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, by: Person, today: date) -> None:
        super().__init__(data, initial={"first": today})
        self.today = today
        clients, therapist = self.fields["clients"], self.fields["therapist"]
        if isinstance(clients, forms.ModelMultipleChoiceField) and isinstance(therapist, forms.ModelChoiceField):
            clients.queryset = may_ask_for(by).order_by("display_name", "pk")
            therapist.queryset = Person.objects.therapists().exclude(pk=by.pk).order_by("display_name", "pk")

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < self.today:
            raise ValidationError("From today on.")
        if first - self.today > AHEAD:
            raise ValidationError("Half a year ahead at most.")
        return first

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", "The end comes after the start.")
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("last", f"{MOST_DAYS} days at most. It can be given again.")
        return said
