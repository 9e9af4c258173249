"""The items of a measure as a form: it checks and speaks, and writes nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices
from koru.ui.words import PICK

from .instrument import Question
from .models import Response

SKIP = "skip"
SKIP_WORDS = "Skip this one"
NAME = "item-"


class FillForm(KoruForm):
    """Some items of one filling-in. What isn't posted is left as it was."""

    fill = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, row: Response, items: Sequence[Question], data: Mapping[str, Any] | None, *, skips: bool = False) -> None:
        given = {f"{NAME}{key}": str(value) for key, value in row.given.items()}
        super().__init__(data, initial={**given, "fill": row.pk})
        self.items = items
        for item in items:
            self.fields[f"{NAME}{item.key}"] = field_of(item, skips=skips)

    @property
    def answers(self) -> dict[str, int | None]:
        """What was picked, by item key; None for a skipped one."""
        picked = {item.key: self.cleaned_data.get(f"{NAME}{item.key}", "") for item in self.items}
        return {key: None if value == SKIP else int(value) for key, value in picked.items() if value}

    @property
    def questions(self) -> list[BoundField]:
        return [self[f"{NAME}{item.key}"] for item in self.items]


def field_of(item: Question, *, skips: bool) -> forms.ChoiceField:
    options = [(str(option.value), option.label) for option in item.options]
    extra = [(SKIP, SKIP_WORDS)] if skips else []
    odd = {"invalid_choice": PICK}
    return forms.ChoiceField(label=item.text, choices=[*options, *extra], required=False, widget=Choices, error_messages=odd)
