"""The form by which a therapist picks a practice: it checks and speaks, and writes nothing."""

from django import forms

from koru.practices import library
from koru.practices.models import PracticePick
from koru.practices.picking import Choice
from koru.ui.widgets import Choices

from .plan_forms import Autosaved, Data, offer

LONGEST_SENTENCE = 200


class PracticeForm(Autosaved):
    """A practice, the therapist's own sentence with it, and a moment."""

    practice = forms.ChoiceField(
        label="A practice",
        error_messages={"required": "Choose a practice.", "invalid_choice": "Pick one of the practices shown."},
    )
    sentence = forms.CharField(
        label="Why this one, in your own words",
        help_text="Shown with your name, where the practice is offered.",
        max_length=LONGEST_SENTENCE,
        error_messages={"required": "Write a sentence: it is what makes it yours."},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    moment = forms.ChoiceField(
        label="When it is for", choices=PracticePick.Moment.choices, initial=PracticePick.Moment.ANY, widget=Choices
    )

    def __init__(self, data: Data) -> None:
        super().__init__(data, auto_id="practise_%s")
        known = library.load().practices.values()
        offer(self.fields["practice"], [("", "Choose one"), *((one.slug, f"{one.title}, {one.lasts}") for one in known)])

    @property
    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(said["practice"], said["sentence"], said["moment"])
