"""The three taps of a note's link. Nothing else can be given by it, and none has to be."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from koru.ui.forms import KoruForm

from .fields import field_for
from .forms import NOTHING_YET
from .given import Given
from .item_sets import load


class QuickForm(KoruForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {item.key: field_for(item) for item in load().by_default()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not set(self.errors) - {NON_FIELD_ERRORS} and not self.given.says_something:
            raise ValidationError(NOTHING_YET)
        return cleaned

    @property
    def given(self) -> Given:
        """What was tapped. What wasn't leaves an earlier tap of this sitting as it was."""
        told = self.cleaned_data
        return Given({key: value for key in self.fields if (value := told.get(key)) is not None}, turn=self.turn)

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[key] for key in self.fields]
