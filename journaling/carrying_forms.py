"""What somebody chooses when they take their words along, and the file that they bring back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices, DateInput

from .bringing import Files
from .bringing_zip import SIGNED, Archive
from .carrying import Carried, Range
from .carrying_json import TOO_LARGE, NotReadable, read

WHICH = {"all": "All of mine", "shared": "Only what I share"}
FORMS = {"pdf": "PDF", "html": "A page (HTML)", "zip": "All of it (ZIP)", "json": "A file for Koru (JSON)"}
HINTS = {
    "pdf": "To print, or to hand to somebody. Words alone.",
    "html": "Opens in any browser, with no network. Words alone.",
    "zip": "A page with your recordings and pictures. Up to 10 MB of it can be brought back into a journal in Koru at once.",
    "json": "Words alone, to be brought back into a journal in Koru.",
}


class CarryForm(KoruForm):
    """Which days, what of them, and as what."""

    since = forms.DateField(label="From", widget=DateInput)
    until = forms.DateField(label="To", widget=DateInput)
    which = forms.ChoiceField(
        label="Which entries?",
        choices=list(WHICH.items()),
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What stands in a file: entries, and how to open what goes with them, if it holds that."""

    entries: list[Carried]
    files: Files | None = None


class EntriesField(forms.FileField):
    """A file of entries. Cleaned, it is what stands in it."""

    def clean(self, data: Any, initial: Any = None) -> Brought:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return Brought([])
        try:
            return brought(file.read(), file.size or 0)
        except NotReadable as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def brought(data: bytes, size: int) -> Brought:
    """What was sent; `size` is that of the whole file, also when not all of it could be held. Raises NotReadable."""
    if size > len(data):
        raise NotReadable(TOO_LARGE)
    if not data.startswith(SIGNED):
        return Brought(read(data, timezone.now()))
    archive = Archive(data)
    return Brought(archive.entries(timezone.now()), archive.file)


class BringForm(KoruForm):
    file = EntriesField(
        label="The file",
        help_text="One that was made here, as “All of it (ZIP)” or as “A file for Koru (JSON)”.",
        widget=forms.FileInput({"accept": ".zip,application/zip,.json,application/json"}),
        error_messages={"required": "Choose the file first.", "empty": "This file is empty."},
    )
