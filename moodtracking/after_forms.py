"""The side effects as a form. None has to be answered."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from koru.ui.widgets import Ticks

from .fields import field_for
from .forms import NOTHING_YET, NoteForm
from .given import Given
from .item_sets import load


class AfterForm(NoteForm):
    keyed = True
    still_there = forms.MultipleChoiceField(label=load().words["still_there"], required=False, widget=Ticks)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        effects = load().side_effects.values()
        self.fields |= {item.key: field_for(item) for item in effects}
        still_there = self.fields["still_there"]
        if isinstance(still_there, forms.MultipleChoiceField):
            still_there.choices = [(item.key, item.ask) for item in effects]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wrong = set(self.errors) - {NON_FIELD_ERRORS}
        if not wrong and not self.given.says_something and not cleaned["still_there"]:
            raise ValidationError(NOTHING_YET)
        return cleaned

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[key] for key in load().side_effects]

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        answers = {key: said[key] for key in load().side_effects}
        return Given(answers, still_there=tuple(said["still_there"]), note=said["note"], note_share=said["note_share"])
