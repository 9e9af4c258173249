"""Forms for finding again and for giving a part: they keep what was typed and say what is wrong."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from koru.people.models import Person
from koru.ui.forms import KoruForm
from koru.ui.widgets import DateInput, Ticks

from . import passages, tags
from .finding import words_of
from .forms import LONGEST, WordsForm
from .letters_to_self import FURTHEST, SLOT, USUALLY, today_of
from .models import Entry

NOTHING_TO_FIND = "Type a word to look for."
NOTHING_CHOSEN = "Choose at least one part."
CHANGED_SINCE = "These words aren't in your entry any more as they were. Have another look at what is there now."


class SearchForm(KoruForm):
    words = forms.CharField(label="Words to look for", max_length=200, error_messages={"required": NOTHING_TO_FIND})

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if not words_of(words):
            raise forms.ValidationError(NOTHING_TO_FIND)
        return words


class TagsForm(KoruForm):
    tags = forms.CharField(label="Tags, with commas between", required=False)

    def clean_tags(self) -> tuple[str, ...]:
        words = tags.tags_in(str(self.cleaned_data["tags"]))
        if len(words) > tags.MOST:
            raise forms.ValidationError(f"An entry can carry {tags.MOST} tags at most.")
        if any(len(word) > tags.LONGEST for word in words):
            raise forms.ValidationError(f"One of the tags is longer than {tags.LONGEST} characters.")
        return words


class PassageForm(KoruForm):
    """Paragraphs to tick, or words selected on the page."""

    keyed = True
    parts = forms.MultipleChoiceField(label="Which part would you like to bring?", widget=Ticks)
    words = forms.CharField(required=False, max_length=LONGEST, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.text = ""
        field = self.fields["parts"]
        field.required = not str(self.data.get("words", "")).strip()
        field.error_messages["required"] = NOTHING_CHOSEN
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.name, one.text) for one in passages.paragraphs(entry.text)]
            field.error_messages["invalid_choice"] = CHANGED_SINCE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        names: Iterable[str] = cleaned.get("parts") or ()
        try:
            self.text = passages.chosen(self.entry.text, names, cleaned.get("words", ""))
        except passages.NotInTheEntry as gone:
            raise forms.ValidationError({"parts": CHANGED_SINCE}) from gone
        return cleaned


class LetterForm(WordsForm):
    """A letter to oneself and the day on which it opens."""

    opens_on = forms.DateField(label="Open it on", widget=DateInput)
    prompt = forms.SlugField(required=False, initial=SLOT, widget=forms.HiddenInput)

    def __init__(self, *args: Any, writer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget = forms.HiddenInput()
        self.today = today_of(writer, timezone.now())
        self.fields["opens_on"].initial = self.today + USUALLY
        self.fields["opens_on"].widget.attrs |= {
            "min": (self.today + timedelta(days=1)).isoformat(),
            "max": (self.today + FURTHEST).isoformat(),
        }

    def clean_prompt(self) -> str:
        return SLOT

    def clean_opens_on(self) -> Any:
        day = self.cleaned_data["opens_on"]
        if not self.today < day <= self.today + FURTHEST:
            raise forms.ValidationError("Choose a day from tomorrow on, within ten years.")
        return day
