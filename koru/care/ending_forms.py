"""The forms of a goodbye, on the therapist's page. They check and speak; `finishing` writes."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from koru.people.endings import LONGEST_LETTER, Farewell
from koru.ui.forms import KoruForm
from koru.ui.times import spoken_instant
from koru.ui.widgets import Choices
from scheduling.models import Appointment

from .models import Typed
from .plan_forms import Autosaved, Data


class LastSessionForm(KoruForm):
    """Which appointment is, or was, the last."""

    appointment = forms.TypedChoiceField(
        label="Which one is the last?",
        widget=Choices,
        error_messages={"required": "Pick the last one.", "invalid_choice": "Pick one of the appointments shown."},
    )

    def __init__(self, data: Data, shown: Iterable[Appointment], zone: ZoneInfo) -> None:
        super().__init__(data)
        field = self.fields["appointment"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.pk), f"{one.kind.name}, {spoken_instant(one.span.start, zone)}") for one in shown]


class FarewellForm(Autosaved):
    """The letter."""

    words = forms.CharField(
        label="Your letter",
        max_length=LONGEST_LETTER,
        error_messages={
            "required": "Write something first.",
            "max_length": "That is longer than a letter can hold: 10,000 signs.",
        },
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )

    @classmethod
    def showing(cls, data: Data, letter: Farewell | None, typed: Typed | None) -> "FarewellForm":
        """What was typed before goes first, then the letter as it stands."""
        start: dict[str, Any] = {"words": letter.words} if letter else {}
        if typed:
            start |= {**typed.given, "key": typed.key, "revision": typed.revision}
        return cls(data, initial=start)


class EndForm(KoruForm):
    """The yes to it."""

    sure = forms.BooleanField(
        label="We have said goodbye, and I end it now",
        error_messages={"required": "Tick this once you are both ready."},
    )
