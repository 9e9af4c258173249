"""A note of the therapist's own. The form checks and speaks; `noting` writes."""

from typing import Any

from django import forms

from .models import Note, Typed
from .notes import LONGEST
from .noting import Noted
from .plan_forms import Autosaved, Data


class NoteForm(Autosaved):
    """Words, and two marks."""

    words = forms.CharField(
        label="Your note",
        max_length=LONGEST,
        error_messages={"required": "Write something first.", "max_length": "That is longer than a note can hold: 5,000 signs."},
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    asks = forms.BooleanField(label="Ask next time: it stands in the brief, for you alone", required=False)
    for_handover = forms.BooleanField(label="Who works with them in my place may read it", required=False)
    note = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def showing(cls, data: Data, note: Note | None, typed: Typed | None) -> "NoteForm":
        """What was typed before goes first, then the note as it stands."""
        start: dict[str, Any] = {}
        if note:
            start = {"words": note.words, "asks": note.asks, "for_handover": note.for_handover, "note": str(note.pk)}
        if typed:
            start |= {**typed.given, "key": typed.key, "revision": typed.revision}
        return cls(data, initial=start)

    @property
    def said(self) -> Noted:
        told = self.cleaned_data
        return Noted(told["words"], told["asks"], told["for_handover"])
