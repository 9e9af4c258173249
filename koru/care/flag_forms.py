"""What was done about a flag."""

from django import forms

from koru.safety.flags import Flag
from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices


class DoneForm(KoruForm):
    outcome = forms.ChoiceField(
        label="What was done?",
        choices=Flag.Outcome.choices,
        widget=Choices,
        error_messages={"required": "Choose what was done.", "invalid_choice": "Pick one of those shown."},
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Short: it is part of the record, and sealed like it.",
    )
