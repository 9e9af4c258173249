"""The four lines as forms, for who was there and for who guesses. They check and speak, and write nothing.

A line is a row of eleven stops without numbers, real radios: an untouched slider would have a value, and nobody could tell
it from an answer. A line without a stop is skipped.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices, Slide
from koru.ui.words import PICK

from .answering import Told
from .drafting import Unfinished
from .lines import STOPS, Asked, load

WORDS_LENGTH = 500
SKIP = "skip"
NOTHING_YET = "No line is set yet. One is enough, and leaving it is fine too."
NOTHING_GUESSED = "No line is set yet. One is enough, or look without guessing."
LINES = tuple(load().lines.values())


class LinesForm(KoruForm):
    """The four lines, each of which can be skipped."""

    keyed = True
    lines: tuple[Asked, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {line.key: stops(line) for line in self.lines}

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[line.key] for line in self.lines]

    @property
    def answers(self) -> dict[str, int | None]:
        return {line.key: self.cleaned_data.get(line.key) for line in self.lines}


class AnswerForm(LinesForm):
    """What a client says of a meeting. `shares` comes from the button that was pressed: none is "Only me"."""

    lines = tuple(line.asked for line in LINES)
    words = forms.CharField(
        label=load().words.box, required=False, max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    words_to = forms.ChoiceField(label="Who can read these words", required=False, widget=Choices)
    share = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["words_to"]
        if isinstance(to, forms.ChoiceField):
            to.choices = [("me", "Only me"), ("therapist", f"{therapist}, where the lines are shared")]
            to.initial = "me"

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["words"] and not any(value is not None for value in self.answers.values()):
            raise ValidationError(NOTHING_YET)
        return cleaned

    @property
    def told(self) -> Told:
        said = self.cleaned_data
        return Told(self.answers, said["words"], said["share"] == "yes", said["words_to"] == "therapist")

    @property
    def unfinished(self) -> Unfinished:
        """As it stands, whatever is wrong with it."""
        names = [*(line.key for line in self.lines), "words", "words_to"]
        fields = {name: str(self.data.get(name, "")) for name in names}
        if not any(value.strip() for name, value in fields.items() if name != "words_to"):
            fields = {}
        revision = self.cleaned_data.get("revision") or 0
        return Unfinished(fields, self.cleaned_data.get("key") or uuid4(), revision)

    def say(self, words: str, key: str) -> None:
        """Tell what stood in the way, under a key of its own."""
        self.add_error(None, words)
        renamed = QueryDict(mutable=True)
        renamed.update(self.data)
        renamed["key"] = key
        self.data = renamed


class GuessForm(LinesForm):
    """What a therapist guesses of the same lines."""

    lines = tuple(line.guessed for line in LINES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(value is not None for value in self.answers.values()):
            raise ValidationError(NOTHING_GUESSED)
        return cleaned


def stops(line: Asked) -> forms.TypedChoiceField:
    """Only a stop that is shown is an answer; "Skip" is none, and so is leaving it."""
    return forms.TypedChoiceField(
        label=line.ask,
        choices=[*((str(stop), _said(place, line)) for place, stop in enumerate(STOPS)), (SKIP, "Skip")],
        widget=Slide(low=line.low, high=line.high),
        coerce=_stop,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": PICK},
    )


def _stop(value: str) -> int | None:
    return None if value == SKIP else int(value)


def _said(place: int, line: Asked) -> SafeString:
    """Where a stop lies, for those who hear the page."""
    ends: Mapping[int, str] = {0: line.low, len(STOPS) // 2: "in the middle", len(STOPS) - 1: line.high}
    return format_html('<span class="vh">{}</span>', ends.get(place) or f"{place} of {len(STOPS) - 1}, towards {line.high}")
