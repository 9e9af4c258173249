"""What a client may say about a session: which time, why another, who takes them home. Forms check and word; deeds write."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from koru.ui.forms import KoruForm, OneLineField
from koru.ui.widgets import Choices

from .choosing import read_start
from .refusals import Refused

CLIENT_REASONS = [
    ("unwell", "I'm not well"),
    ("plans", "Something else came up"),
    ("not_ready", "It isn't the right time for me"),
    ("travel", "I can't get there or home"),
    ("unsaid", "I'd rather not say"),
]
CLINIC_REASONS = [
    ("client_asked", "The client asked"),
    ("therapist_away", "The therapist is away"),
    ("room", "The room isn't free"),
    ("unwell", "Somebody is unwell"),
    ("clinic", "Another reason of the clinic"),
]


WITHOUT_REASONS = [
    ("client_asked", "The client wants it so"),
    ("elsewhere", "It happens elsewhere"),
    ("unwell", "Somebody is unwell"),
    ("clinic", "Another reason of the clinic"),
]


class StartField(forms.CharField):
    """One open time. A wall time without an offset is read in the zone that leads on the page."""

    widget = forms.RadioSelect

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__(label="Open times", max_length=60, error_messages={"required": "Pick one of the times shown."})
        self.zone = zone

    def clean(self, value: Any) -> datetime:
        text: str = super().clean(value)
        try:
            return read_start(text, self.zone)
        except Refused as refused:
            raise forms.ValidationError(refused.words) from refused


class StartForm(KoruForm):
    """A time out of those shown; `values` are the radios of the page, so that a message can lead to the first."""

    keyed = True

    def __init__(self, data: Any, *, zone: ZoneInfo, values: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields = {"start": StartField(zone), **self.fields}
        self.show(values)

    def show(self, values: Sequence[str]) -> None:
        field = self.fields["start"]
        field.widget = forms.RadioSelect(choices=[(value, value) for value in values])

    def chosen_start(self) -> datetime | None:
        """What was picked, where it could be read; also after it was refused."""
        return self.cleaned_data.get("start") if self.is_bound and self.is_valid() else None

    @property
    def chosen(self) -> str:
        return str(self["start"].value() or "")


class WayHomeForm(KoruForm):
    way_home = OneLineField(
        label="Who is taking you home?",
        help_text="A name, and a number if you like. You can tell us later.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def way_home_in(posted: Mapping[str, Any]) -> str:
    """Who takes them home, as typed on a page that does something else; nothing where it can't be kept."""
    form = WayHomeForm(posted)
    return str(form.cleaned_data["way_home"]) if form.is_valid() else ""


class BookForm(StartForm, WayHomeForm):
    """A session: the time, and who takes them home."""


class MoveForm(StartForm):
    def __init__(self, data: Any, *, reasons: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if reasons:
            self.fields["reason"] = forms.ChoiceField(label="Why another time?", choices=reasons, required=False)


class CancelForm(KoruForm):
    reason = forms.ChoiceField(
        label="Why?",
        choices=CLIENT_REASONS,
        widget=Choices,
        error_messages={"required": "Pick what fits best, or “I'd rather not say”."},
    )
