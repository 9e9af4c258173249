"""What a visitor fills in to take a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from koru.ui.forms import KoruForm, OneLineField, PhoneField
from koru.ui.text import tidied
from koru.ui.widgets import Choices

from .choosing import read_start
from .consultation import Talk
from .consultation_guard import age_problem, stamp
from .models import Place
from .refusals import Refused

PLACES = [(Place.VIDEO.value, "Video"), (Place.PHONE.value, "Phone"), (Place.ROOM.value, "At our rooms")]


class TimeForm(KoruForm):
    """A start and how to meet: enough for another time under the same link."""

    keyed = True
    at = forms.CharField(label="Time", error_messages={"required": "Choose one of the times."})
    place = forms.ChoiceField(label="How shall we meet?", choices=PLACES, initial=Place.VIDEO, widget=Choices)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    @classmethod
    def reopened(cls, typed: Mapping[str, Any], *, zone: ZoneInfo) -> "TimeForm":
        """The form with everything typed in it and nothing found wrong: only other times were asked for."""
        kept = {name: tidied(typed[name]).text for name in [*cls.base_fields, "key"] if typed.get(name)}
        return cls(initial={key: value for key, value in kept.items() if key != "shown"}, zone=zone)

    def offer(self, places: Sequence[Place]) -> None:
        """Only the ways of meeting that the kind may have; the first is the usual one."""
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(value, words) for value, words in PLACES if value in places]
        if self.initial.get("place", field.initial) not in places:
            self.initial["place"] = places[0]

    def clean_at(self) -> datetime:
        try:
            return read_start(self.cleaned_data["at"], self.zone)
        except Refused as refused:
            raise ValidationError(refused.words) from refused


class TalkForm(TimeForm):
    """The whole of it: a time, a name, where the link goes. No word of why."""

    name = OneLineField(label="What should we call you?", max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="Email",
        max_length=254,
        help_text="For the link to move or cancel. Nothing else.",
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )
    phone = PhoneField(label="Phone", help_text="Needed for a phone call only.", autocomplete="tel")
    note = OneLineField(
        label="Anything that makes it easier?",
        max_length=200,
        required=False,
        help_text="Access, language, a name we should use. Please no health details here.",
    )
    website = forms.CharField(label="Please leave this empty", required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, initial=stamp)
    field_order = ("at", "place", "name", "email", "phone", "note", "website", "shown")

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("Please leave this field empty. It is there to stop machines.")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if problem := age_problem(str(cleaned.get("shown", ""))):
            self.add_error(None, problem)
        if cleaned.get("place") == Place.PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "For a phone call we need your number.")
        return cleaned

    def fresh(self) -> str:
        """A stamp for the page about to be shown; one that was found good stays."""
        sent = str(self.data.get("shown", "")) if self.is_bound else ""
        return sent if sent and not age_problem(sent) else stamp()

    def talk(self) -> Talk:
        """What was asked for. The form is valid."""
        cleaned = self.cleaned_data
        return Talk(
            start=cleaned["at"],
            place=cleaned["place"],
            name=cleaned["name"],
            email=cleaned["email"],
            zone=self.zone.key,
            phone=cleaned["phone"],
            note=cleaned["note"],
        )
