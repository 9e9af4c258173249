"""Forms of data rights: what to put right, what became of it, why an erasing waits."""

from django import forms

from koru.privacy.corrections import LONGEST
from koru.privacy.erasures import LONGEST_REASON
from koru.privacy.models import Correction
from koru.ui.forms import KoruForm


def words_field(label: str, help_text: str = "", most: int = LONGEST, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=forms.Textarea({"rows": rows, "dir": "auto"})
    )


class PutRightForm(KoruForm):
    keyed = True
    words = words_field(
        "What should be put right?", "What stands there, and what would be right. Your therapist and the desk read it."
    )


class AnswerForm(KoruForm):
    outcome = forms.ChoiceField(label="What became of it?", choices=Correction.Outcome, widget=forms.RadioSelect)
    words = words_field("Your answer", "They read it, and it stays with their request.")


class HoldForm(KoruForm):
    reason = words_field("Why does erasing have to wait?", "They read these words: the duty, and until when.", LONGEST_REASON, 3)
