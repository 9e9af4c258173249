"""Forms of the journal: they keep what was typed and say what is wrong; the deeds are elsewhere."""

from datetime import date
from typing import Any, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from koru.people.models import Person
from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices, DateInput

from . import dating, library
from .assigned import QUESTION
from .drafts import Unfinished
from .sharing import LEVELS, ONLY_ME
from .writing import Written

LONGEST = 100_000
ONE_WORD, LONGEST_WORD = "word", 80
NOT_YET = "That is still to come. Choose a time that has passed."
TOO_LONG_AGO = "Choose a day after 1900."
EMPTY = "There is nothing written yet."
TOO_LONG = (
    "This is longer than one entry can hold (100,000 characters). "
    "Nothing is lost: it is saved as a draft, split it where it suits you."
)


class Sent(TypedDict):
    key: UUID
    revision: int


class WordsForm(KoruForm):
    """A title, if wanted, and the text."""

    keyed = True
    title = forms.CharField(max_length=200, required=False, label="A title")
    text = forms.CharField(
        max_length=LONGEST,
        strip=False,
        label="Your words",
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "true", "rows": 12}),
        error_messages={"required": EMPTY, "max_length": TOO_LONG},
    )
    revision = forms.IntegerField(min_value=0, required=False, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["text"].widget.attrs["maxlength"]  # a browser would cut pasted text without a word

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if self.fields["text"].required and not text.strip():
            raise forms.ValidationError(EMPTY, code="required")
        return text

    @property
    def sent(self) -> Sent:
        """Which form it is, and what it had last seen saved."""
        return {"key": self.cleaned_data["key"], "revision": self.cleaned_data.get("revision") or 0}

    def unfinished(self, about: UUID | None = None) -> Unfinished:
        """What was typed, as a draft, whether or not it is ready to be kept."""
        done, day = self.cleaned_data, self.day_named
        return Unfinished(
            key=done["key"],
            revision=done.get("revision") or 0,
            title=str(self["title"].data or ""),
            text=str(self["text"].data or ""),
            prompt=done.get("prompt", ""),
            about=about,
            share=done.get("share") or ONLY_ME,
            day=day,
            part=str(self.data.get("part", "")) if day and self.data.get("part") in dating.PARTS else "",
        )

    @property
    def day_named(self) -> date | None:
        """The day that was picked so far, also one that can't be; none while it is half typed."""
        try:
            return forms.DateField().to_python(self.data.get("day") or self.data.get("opens_on"))
        except forms.ValidationError:
            return None


class SharingForm(KoruForm):
    """Who may read it: three radios, each with a sentence that names the reader."""

    share = forms.ChoiceField(label="Who may read this?", choices=(), initial=ONLY_ME, widget=Choices)

    def __init__(self, *args: Any, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_levels(self.fields["share"], readers)


class WritingForm(WordsForm):
    """A new entry. Each begins at "Only me"; the level used last is not remembered."""

    prompt = forms.SlugField(required=False, widget=forms.HiddenInput)
    share = forms.ChoiceField(label="Who may read this?", choices=(), initial=ONLY_ME, widget=Choices)
    day = forms.DateField(label="Which day is it about?", required=False, widget=DateInput)
    part = forms.ChoiceField(
        label="When on that day?", required=False, choices=[(slug, said) for slug, (said, _) in dating.PARTS.items()]
    )

    def __init__(self, *args: Any, readers: str, writer: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.about: dating.About | None = None
        offer_levels(self.fields["share"], readers)

    def clean(self) -> dict[str, Any]:
        """The day that it is about, if it is another than today."""
        cleaned = super().clean() or self.cleaned_data
        day, part, by = cleaned.get("day"), cleaned.get("part", ""), self.writer
        if day and by:
            try:
                self.about = dating.about(day, part, timezone.now(), ZoneInfo(by.zone), by.day_starts)
            except (dating.NotYet, dating.TooLongAgo) as odd:
                raise forms.ValidationError({"day": NOT_YET if isinstance(odd, dating.NotYet) else TOO_LONG_AGO}) from odd
        return cleaned

    def clean_prompt(self) -> str:
        """A prompt that isn't in the library is none: the words are kept without it. A therapist's is looked up as it is kept."""
        slug = str(self.cleaned_data["prompt"])
        return slug if slug in library.load().prompts or slug.startswith(QUESTION) else ""

    @property
    def written(self) -> Written:
        done = self.cleaned_data
        return Written(text=done["text"], title=done["title"], prompt=done["prompt"], share=done["share"], about=self.about)


class DraftForm(WordsForm):
    """Unfinished words on their way to the server: any length, any state."""

    text = forms.CharField(required=False, strip=False)
    title = forms.CharField(required=False, strip=False, max_length=2000)
    prompt = forms.CharField(required=False, max_length=60)
    about = forms.UUIDField(required=False)
    share = forms.ChoiceField(required=False, choices=[(level, level) for level in LEVELS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        KoruForm.__init__(self, *args, **kwargs)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"])


def offer_levels(field: forms.Field, readers: str) -> None:
    """Fill the radios: labels of the library, the hint under each naming who reads."""
    if not isinstance(field, forms.ChoiceField):
        raise TypeError("levels are offered as a choice")
    words = library.load().words.sharing
    hints = {level: said.hint.format(readers=readers) for level, said in words.items()}
    field.choices = [(level, said.label) for level, said in words.items()]
    field.widget = Choices(choices=field.choices, hints=hints)


def make_room_for(way: str, form: forms.BaseForm) -> None:
    """One line for one word, where what is there already is no more than that."""
    there = str(form["text"].value() or "")
    if way == ONE_WORD and len(there) <= LONGEST_WORD and "\n" not in there:
        form.fields["text"].widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
