"""The line that a client adds to their brief. The form checks and speaks; `adding` writes."""

from django import forms

from koru.ui.forms import KoruForm, OneLineField

from .added import LONGEST


class AddedForm(KoruForm):
    """One line; without words it is taken away."""

    words = OneLineField(
        label="A line of your own, if you like",
        help_text="It stands first under “In their words”. Empty takes it away.",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
