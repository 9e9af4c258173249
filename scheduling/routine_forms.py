"""A routine as its client says it. The forms check and speak; `keeping_routine` writes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from koru.ui.forms import KoruForm, OneLineField
from koru.ui.times import WEEKDAYS
from koru.ui.widgets import Choices, Ticks, TimeInput

from .keeping_routine import Said
from .models import Routine, RoutineChoice
from .routine_content import Example, load
from .routines import MOST_NOTES

LONGEST = 160
OPENINGS = ("if ", "then ")


class SayingField(OneLineField):
    """A line that goes on from a word on the page: typed again in front of it, that word is taken off."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> str:
        said: str = super().clean(value)
        for opening in OPENINGS:
            if said.lower().startswith(opening):
                said = said[len(opening) :].lstrip()
        if self.required and not said.strip(" ,."):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return said.strip().rstrip(",.")


class InsteadForm(KoruForm):
    """Which one may rest, where three are active already; asks nothing otherwise."""

    def __init__(self, data: Any = None, *, active: Sequence[Routine] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if active:
            wanted = {"required": "Choose which one may rest."}
            rows = [(str(one.pk), one.action) for one in active]
            self.fields["instead"] = forms.ChoiceField(
                label=load().words.most,
                choices=rows,
                widget=Choices,
                error_messages={**wanted, "invalid_choice": wanted["required"]},
            )

    @property
    def makes_room(self) -> UUID | None:
        chosen = self.cleaned_data.get("instead")
        return UUID(chosen) if chosen else None


class RoutineForm(InsteadForm):
    """If, then, and the smallest version."""

    keyed = True
    cue = SayingField(label="If", error_messages={"required": "Write what happens anyway, such as: the kettle is on."})
    action = SayingField(label="then", error_messages={"required": "Write the small thing, such as: I feel my feet."})
    smallest = SayingField(label="When I don’t feel like it, the smallest version is", required=False)
    part = forms.ChoiceField(label="When does it fit?", choices=Routine.Part.choices, required=False, widget=Choices)

    @classmethod
    def of(cls, data: Any, routine: Routine) -> "RoutineForm":
        names = ("cue", "action", "smallest", "part")
        return cls(data, initial={name: getattr(routine, name) for name in names})

    @classmethod
    def from_example(cls, data: Any, active: Sequence[Routine], example: Example | None) -> "RoutineForm":
        start = {"cue": example.cue, "action": example.action, "part": example.part} if example else {}
        return cls(data, active=active, initial=start)

    @property
    def said(self) -> Said:
        told = self.cleaned_data
        return Said(told["cue"], told["action"], told["smallest"], told["part"])


class SmallerForm(KoruForm):
    """The same, smaller."""

    action = SayingField(label="then", error_messages={"required": "Write the smaller thing, such as: one breath."})


class WordForm(KoruForm):
    """A word for a week. Without one, what stood there goes."""

    word = OneLineField(label=load().words.word, required=False, max_length=60)
    moment = OneLineField(label=load().words.moment, required=False, max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("moment") and not said.get("word"):
            self.add_error("word", "Write the word that this moment is for.")
        return said


class AskForm(KoruForm):
    """When the first page asks for it."""

    asks_on = forms.TypedChoiceField(
        label="Ask me for it",
        choices=[("", "Not at all"), *((str(value), label) for value, label in RoutineChoice.Ask.choices)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=Choices,
    )


class WordNoteForm(KoruForm):
    """When a note asks for it, or never."""

    note_on = forms.TypedChoiceField(
        label="Send me a note for it",
        choices=[("", "Never"), *((str(day), f"On {name}") for day, name in enumerate(WEEKDAYS, 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    note_at = forms.TimeField(label="At what time?", required=False, widget=TimeInput)

    @classmethod
    def of(cls, choice: RoutineChoice, *, comes: bool) -> "WordNoteForm":
        """As it is chosen; never, where it rests or was stopped."""
        return cls(initial={"note_on": choice.note_on, "note_at": choice.note_at} if comes else {})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("note_on") and "note_at" in said and not said["note_at"]:
            self.add_error("note_at", "Say at what time.")
        return said


class NotesForm(KoruForm):
    """A note at a time of one's own, or none."""

    at = forms.TimeField(label="At what time?", required=False, widget=TimeInput)
    days = forms.TypedMultipleChoiceField(
        label="On which days?", required=False, coerce=int, widget=Ticks, choices=list(enumerate(WEEKDAYS, 1)),
        help_text="Three a week at most. None ticked: no notes.",
    )  # fmt: skip

    def clean_days(self) -> list[int]:
        days: list[int] = self.cleaned_data["days"]
        if len(days) > MOST_NOTES:
            raise forms.ValidationError("Three days a week are the most. Leave out one or more.")
        return days

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("days") and "at" in said and not said["at"]:
            self.add_error("at", "Say at what time.")
        return said
