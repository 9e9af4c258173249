"""The form of a guide's step: words to type or to tap. Nothing in it has to be filled."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django import forms

from koru.ui.forms import KoruForm

from .chips import Shelf, both, taken_apart, tapped, written
from .drafts import Unfinished
from .forms import LONGEST, TOO_LONG


class StepForm(KoruForm):
    """What is said at a step: the text holds the typed words, or with a script all of them; the rest are boxes."""

    keyed = True
    text = forms.CharField(
        max_length=LONGEST,
        required=False,
        strip=False,
        label="Your words",
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "true", "rows": 6}),
        error_messages={"max_length": TOO_LONG},
    )
    words = forms.MultipleChoiceField(required=False, label="Words")
    places = forms.MultipleChoiceField(required=False, label="Places in the body")
    feels = forms.MultipleChoiceField(required=False, label="How it feels there")
    prompt = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    about = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=0, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shelf: Shelf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = shelf
        del self.fields["text"].widget.attrs["maxlength"]  # a browser would cut pasted text without a word
        self._offer("words", shelf.words)
        self._offer("places", shelf.places)
        self._offer("feels", [f"{place}:{feel}" for place in shelf.places for feel in shelf.feels])

    def _offer(self, name: str, choices: Sequence[str]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(choice, choice) for choice in choices]

    @property
    def said(self) -> str:
        """All that was tapped and typed, as the text that is kept. Taps that the text begins with count as well."""
        taps, rest = taken_apart(str(self["text"].data or ""), self.shelf)
        boxes = tapped(self._ticked("words"), self._ticked("places"), self._ticked("feels"), self.shelf)
        return written(both(taps, boxes, self.shelf), rest)

    @property
    def seen_revision(self) -> int:
        return self.cleaned_data.get("seen") or 0

    def unfinished(self, about: UUID, prompt: str) -> Unfinished:
        """What was said so far, as a draft, whether or not it is ready to be kept."""
        done = self.cleaned_data
        revision = done.get("revision") or 0
        return Unfinished(key=done["key"], revision=revision, text=self.said, prompt=prompt, about=about)

    def _ticked(self, name: str) -> Collection[str]:
        return list(self[name].data or ())

    def groups(self) -> list[tuple[str, bool, list[tuple[str, str, bool]]]]:
        """Places to tap, each with whether it is ticked and the ways it may feel: (value, words, ticked)."""
        places, feels = self._values("places"), self._values("feels")
        return [
            (place, place in places, [(f"{place}:{feel}", feel, f"{place}:{feel}" in feels) for feel in self.shelf.feels])
            for place in self.shelf.places
        ]

    def chips(self) -> list[tuple[str, bool]]:
        ticked = self._values("words")
        return [(word, word in ticked) for word in self.shelf.words]

    def _values(self, name: str) -> Collection[str]:
        return list(self[name].value() or ())
