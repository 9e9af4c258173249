"""What somebody chooses when they take their words along, and the file that they bring back."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices, DateInput

from .carrying import Range
from .carrying_json import NotReadable, read

FORMS = {"pdf": "PDF", "html": "A page (HTML)", "json": "A file for Koru (JSON)"}
HINTS = {
    "pdf": "To print, or to hand to somebody.",
    "html": "Opens in any browser, with no network.",
    "json": "Can be brought back into a journal in Koru.",
}


class CarryForm(KoruForm):
    """Which days, what of them, and as what."""

    since = forms.DateField(label="From", widget=DateInput)
    until = forms.DateField(label="To", widget=DateInput)
    which = forms.ChoiceField(
        label="Which entries?",
        choices=[("all", "All of mine"), ("shared", "Only what I share")],
        initial="all",
        widget=Choices(hints={"all": "Also those that only you can read.", "shared": "What your therapist can read already."}),
    )
    questions = forms.BooleanField(label="With the questions they answer", required=False, initial=True)
    form = forms.ChoiceField(label="As what?", choices=list(FORMS.items()), initial="pdf", widget=Choices(hints=HINTS))

    def clean(self) -> dict[str, Any]:
        done: dict[str, Any] = super().clean() or {}
        if done.get("since") and done.get("until") and done["until"] < done["since"]:
            self.add_error("until", "This day is before the first one. Choose a later one, or the same.")
        return done

    @property
    def range(self) -> Range:
        done = self.cleaned_data
        return Range(done["since"], done["until"], done["which"] == "shared", done["questions"])


class EntriesField(forms.FileField):
    """A file of entries. Cleaned, it is what stands in it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return []
        try:
            return read(file.read(), timezone.now())
        except NotReadable as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class BringForm(KoruForm):
    file = EntriesField(
        label="The file",
        help_text="One that was made here, as “A file for Koru (JSON)”.",
        widget=forms.FileInput({"accept": ".json,application/json"}),
        error_messages={"required": "Choose the file first.", "empty": "This file is empty."},
    )
