"""A question in words of their own as a form. It checks and speaks; `own_items` writes."""

from django import forms

from koru.ui.forms import KoruForm, OneLineField
from koru.ui.widgets import Choices

from .models import OwnItem
from .own_items import Proposal

LONGEST = 120


class OwnItemForm(KoruForm):
    """The words, and how it is answered."""

    keyed = True
    words = OneLineField(
        label="A question in your own words",
        help_text="Short, as you two would say it, such as: How near did the sea feel?",
        max_length=LONGEST,
        error_messages={"required": "Write the question."},
    )
    scale = forms.ChoiceField(label="Answered by", choices=OwnItem.Scale.choices, initial=OwnItem.Scale.AMOUNT, widget=Choices)

    @property
    def proposal(self) -> Proposal:
        return Proposal(self.cleaned_data["words"], self.cleaned_data["scale"])
