"""A goal, and where one is with it. The forms check and speak; `aiming` writes."""

from typing import Any

from django import forms

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices

from .goals import LONGEST, LONGEST_WHERE, NEAREST
from .sharing import ONLY_ME, THERAPIST

FULL = "Three at a time. Let one rest, and there is room for another."


def words_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        error_messages={"required": "Write what you would like, such as: sleep through most nights."},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class GoalForm(KoruForm):
    """A new goal. It begins shared, and the page says so."""

    keyed = True
    words = words_field("In your own words")
    share = forms.ChoiceField(label="Who may read this?", choices=(), initial=THERAPIST, widget=Choices)

    def __init__(self, *args: Any, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["share"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(THERAPIST, "My therapist"), (ONLY_ME, "Only me")]
            hints = {THERAPIST: f"{readers} can read it, and what you say to it.", ONLY_ME: "Nobody else, on any page."}
            field.widget = Choices(choices=field.choices, hints=hints)


class RewordForm(KoruForm):
    """Other words for a goal."""

    words = words_field("In other words")


class WhereForm(KoruForm):
    """Words, a number, or both."""

    keyed = True
    words = forms.CharField(
        label="Where are you with it?",
        max_length=LONGEST_WHERE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    number = forms.TypedChoiceField(
        label="A number, if you like",
        choices=[("", "No number"), *((str(number), str(number)) for number in range(NEAREST + 1))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="0 is far away, 10 is there. It means what you mean by it: nothing is counted from it.",
        error_messages={"invalid_choice": "Pick a number from 0 to 10, or none."},
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said["words"] and said["number"] is None:
            self.add_error("words", "Say it in words, pick a number, or both.")
        return said
