"""The forms of practices: they check and speak, and write nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms

from koru.ui.forms import KoruForm
from koru.ui.widgets import Ticks

from . import library
from .models import PracticeChoices, PracticeDone

SAID = "Pick one of the answers shown."


class HelpedForm(KoruForm):
    """Whether it helped: one of four, or nothing said."""

    keyed = True
    helped = forms.ChoiceField(
        choices=[("", "Say nothing"), *PracticeDone.Helped.choices], required=False, error_messages={"invalid_choice": SAID}
    )


class CautionsForm(KoruForm):
    """What leaves some practices out."""

    cautions = forms.MultipleChoiceField(
        label="What to leave out",
        required=False,
        widget=Ticks,
        error_messages={"invalid_choice": "Pick from those shown."},
    )

    @classmethod
    def showing(cls, choices: PracticeChoices) -> "CautionsForm":
        form = cls(None)
        form.initial = {"cautions": choices.cautions}
        return form

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        field = self.fields["cautions"]
        if not isinstance(field, forms.MultipleChoiceField):
            raise TypeError("cautions are ticked")
        field.choices = list(library.load().cautions.items())
