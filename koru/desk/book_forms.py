"""What the desk fills in to book, move or cancel for somebody."""

from collections.abc import Mapping
from typing import Any

from django import forms

from koru.people.models import Person
from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices
from scheduling.session_forms import CLINIC_REASONS, WITHOUT_REASONS, BookForm, StartForm, WayHomeForm
from scheduling.sitting_in import Sitter

from .reach_form import ReachForm


class DeskBookForm(BookForm):
    """A time out of those shown, and who takes the client home, as they said on the phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way_home"].label = "Who takes them home?"
        self.fields["way_home"].help_text = "A name, and a number if they like. They can add it themselves later."


class DeskWayHomeForm(WayHomeForm):
    """As they said on the phone. What is there already isn't shown to the desk, but new words take its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way_home"]
        field.label, field.required = "Who takes them home?", True
        field.help_text = "A name, and a number if they like. They see it on their page."
        field.error_messages["required"] = "Write a name, as they said it."


def whom_field() -> forms.Field:
    """Another therapist than they have; nothing: the same. Whether they may, the deed decides."""
    return forms.ModelChoiceField(queryset=Person.objects.therapists(), required=False, widget=forms.HiddenInput)


class DeskMoveForm(StartForm):
    therapist = whom_field()
    reason = forms.ChoiceField(label="Why another time?", choices=CLINIC_REASONS, widget=Choices)


class CallerForm(StartForm, ReachForm):
    """Somebody new on the phone: what to call them and how to reach them is enough."""

    place = forms.ChoiceField(
        label="How", choices=[("phone", "By phone"), ("video", "By video")], initial="phone", widget=Choices
    )


class DropForm(StartForm):
    """A block dropped on the timetable. Why is asked inside the notice only; the deed holds that."""

    keyed = False
    therapist = whom_field()
    reason = forms.ChoiceField(label="It is close now. Why another time?", choices=CLINIC_REASONS, widget=Choices, required=False)


class DeskCancelForm(KoruForm):
    reason = forms.ChoiceField(label="Why?", choices=CLINIC_REASONS, widget=Choices)


class WithoutForm(KoruForm):
    """Why a session goes without the meeting that belongs to it."""

    reason = forms.ChoiceField(label="Why without one?", choices=WITHOUT_REASONS, widget=Choices)


class DeskSecondForm(KoruForm):
    """Who of those named for the kind sits in."""

    who = forms.ChoiceField(label="Who sits in?", widget=Choices, required=False)

    def __init__(self, *args: Any, people: Mapping[str, Sitter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Nobody"), *((key, one.words) for key, one in people.items())]
