"""One line of what was agreed, as either of the two writes it down. The form checks and speaks; `agreeing` writes."""

from django import forms

from koru.privacy.door import Record
from koru.ui.forms import KoruForm, OneLineField

from .agreed import LONGEST
from .agreeing import TwelveOpen, add

FULL = "Twelve are open already. Tick one off or let one rest, and there is room again."


class AgreedForm(KoruForm):
    """A line, two hundred characters at most."""

    keyed = True
    words = OneLineField(
        label="Write a line down",
        max_length=LONGEST,
        error_messages={"required": "Write what you agreed, such as: walk after lunch."},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def put_down(self, record: Record) -> bool:
        """Whether it was written; if not, the form says why."""
        if not self.is_valid():
            return False
        said, by = self.cleaned_data, record.reader
        try:
            add(said["words"], record=record, key=said["key"], by=by)
        except TwelveOpen:
            self.add_error("words", FULL)
            return False
        return True
