"""What the desk writes about a request: a note with a day to come back to, or why not now."""

from datetime import date
from typing import Any

from django import forms

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices
from scheduling.models import ConsultationRequest

LONGEST = 4_000


class FollowForm(KoruForm):
    keyed = True

    words = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST,
        help_text="For the desk: what was agreed. Nothing about their health belongs here.",
        widget=forms.Textarea({"rows": 3}),
    )
    come_back_on = forms.DateField(
        label="Come back to it on",
        required=False,
        help_text="Until then it rests; on that day it stands at the top.",
        widget=forms.DateInput({"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_come_back_on(self) -> date | None:
        day: date | None = self.cleaned_data["come_back_on"]
        if day and not self.today <= day <= self.today.replace(year=self.today.year + 2, day=min(self.today.day, 28)):
            raise forms.ValidationError("Pick a day from today on, within two years.")
        return day


class DeclineForm(KoruForm):
    reason = forms.ChoiceField(
        label="Why not now?", choices=ConsultationRequest.Declined.choices, required=False, initial="asked", widget=Choices
    )
    tell = forms.BooleanField(label="Write them a kind line about it", required=False)
