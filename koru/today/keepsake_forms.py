"""What goes into a keepsake: its parts, and which of one's own words."""

from typing import Any

from django import forms

from journaling.finding_forms import CHANGED_SINCE
from journaling.gathering import WHOLE
from journaling.keepsakes import KeepsakePart
from journaling.models import Entry
from journaling.passages import paragraphs
from koru.ui.forms import KoruForm
from koru.ui.widgets import Ticks


class PartsForm(KoruForm):
    """Ticked is what goes in."""

    parts = forms.MultipleChoiceField(label="What goes in", choices=KeepsakePart.choices, required=False, widget=Ticks)

    @property
    def left_out(self) -> set[str]:
        return set(KeepsakePart.values) - set(self.cleaned_data["parts"])


class EntryPartsForm(KoruForm):
    """All of an entry, or paragraphs of it. Nothing ticked leaves it out."""

    parts = forms.MultipleChoiceField(label="What of it goes in?", required=False, widget=Ticks)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [(one.name, one.text) for one in paragraphs(entry.text)]
        field = self.fields["parts"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(WHOLE, "All of it"), *(there if len(there) > 1 else [])]
            field.error_messages["invalid_choice"] = CHANGED_SINCE
