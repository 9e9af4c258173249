"""The page of a check-in as a form: it checks and speaks, and writes nothing."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from koru.privacy.raising import raising_words
from koru.ui.forms import KoruForm
from koru.ui.widgets import Choices, Ticks, TimeInput

from .asking import Asked
from .felt_at import NotThen, When, felt_at
from .fields import field_for
from .given import Given
from .item_sets import load
from .items import Item
from .models import CheckIn

NOTHING_YET = "Nothing is picked yet. One tap is enough, and so is another time."
NOTE_LENGTH = 500
OWN_LENGTH, OWN_MOST = 160, 20
WORDS = load().words
TAGS = [pair for group in load().tags.values() for pair in group.items()]
WHEN = [(When.NOW, "Right now"), (When.TODAY, "Earlier today"), (When.YESTERDAY, "Yesterday")]


class NoteForm(KoruForm):
    """The words to a check-in. They can be added at any time."""

    note = forms.CharField(
        label=WORDS["note"],
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note_share = forms.ChoiceField(
        label="Who can read this note",
        choices=CheckIn.Share.choices,
        initial=CheckIn.Share.ONLY_ME,
        required=False,
        widget=Choices,
    )

    def clean_note_share(self) -> str:
        return self.cleaned_data["note_share"] or CheckIn.Share.ONLY_ME

    @property
    def given(self) -> Given:
        return Given(note=self.cleaned_data["note"], note_share=self.cleaned_data["note_share"])


class CheckInForm(NoteForm):
    """One check-in: the scales that are asked, then what is folded away."""

    keyed = True
    tags = forms.MultipleChoiceField(label=WORDS["tags"], choices=TAGS, required=False, widget=Ticks)
    again = forms.MultipleChoiceField(label="In your own words", required=False, widget=Ticks)
    own_tags = forms.CharField(
        label="Something else", help_text="Separate several with commas.", required=False, max_length=OWN_LENGTH
    )
    when = forms.ChoiceField(label=WORDS["earlier"], choices=WHEN, initial=When.NOW, required=False, widget=Choices)
    clock = forms.TimeField(label="About what time?", required=False, widget=TimeInput)
    held = forms.BooleanField(label=raising_words().hold, required=False)

    def __init__(self, asked: Asked, now: datetime, zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.now, self.zone = asked, now, zone
        self.offered: list[str] = []
        for item in asked.items:
            self.fields[item.key] = field_for(item)
        self.offer(self.data.getlist("again") if isinstance(self.data, QueryDict) else self.initial.get("again", ()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            cleaned["at"] = felt_at(When(cleaned.get("when") or When.NOW), cleaned.get("clock"), self.now, self.zone)
        except NotThen as why:
            self.add_error("clock", ValidationError(str(why)))
        if self.is_blank:
            raise ValidationError(NOTHING_YET)
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was told, and nothing is wrong."""
        return not set(self.errors) - {NON_FIELD_ERRORS} and not self.given.says_something

    def say(self, words: str, *, fresh_key: bool) -> None:
        """Tell what stood in the way; with a fresh key the same words are kept anew at the next "Done"."""
        self.add_error(None, words)
        if fresh_key:
            renamed = QueryDict(mutable=True)
            renamed.update(self.data)
            renamed["key"] = str(uuid4())
            self.data = renamed

    def offer(self, words: Iterable[str]) -> None:
        """Own words of before, to be ticked again."""
        self.offered = list(dict.fromkeys([*self.offered, *words]))
        again = self.fields["again"]
        if isinstance(again, forms.MultipleChoiceField):
            again.choices = [(word, word) for word in self.offered]

    def clean_again(self) -> list[str]:
        return [word[:OWN_LENGTH] for word in self.cleaned_data["again"][:OWN_MOST]]

    def clean_own_tags(self) -> str:
        """One a line: those ticked again, then those typed; the same word in other letters is the same."""
        typed = (word.strip() for word in re.split(r"[,;\n]", self.cleaned_data["own_tags"]))
        words: dict[str, str] = {}
        for word in filter(None, [*self.cleaned_data.get("again", ()), *typed]):
            words.setdefault(word.casefold(), word)
        return "\n".join(words.values())

    @property
    def given(self) -> Given:
        """What was told. "Right now" leaves the time of a check-in that is being filled in as it is."""
        said = self.cleaned_data
        at = said.get("at") if said.get("when") in (When.TODAY, When.YESTERDAY) else None
        on_the_page = {*self.data.getlist("asked"), *self.data} if isinstance(self.data, QueryDict) else set()
        answers = {item.key: said[item.key] for item in self.asked.items if item.key in on_the_page}
        return Given(
            answers, tuple(said["tags"]), said["own_tags"], None, said["note"], said["note_share"], at, said["held"], self.turn
        )

    def scales(self, items: Iterable[Item]) -> list[forms.BoundField]:
        return [self[item.key] for item in items]

    @property
    def first(self) -> list[forms.BoundField]:
        return self.scales(self.asked.first)

    @property
    def more(self) -> list[forms.BoundField]:
        return self.scales(self.asked.more)

    @property
    def more_is_open(self) -> bool:
        """Folded, unless something in it was said or is wrong."""
        told = self.is_bound or self.initial
        names = ["tags", "again", "own_tags", "clock", *(item.key for item in self.asked.more)]
        return bool(told) and any(self[name].errors or self[name].value() for name in names)

    @property
    def note_is_open(self) -> bool:
        return bool(self["note"].errors or self["note"].value())


def as_initial(row: CheckIn) -> Mapping[str, Any]:
    """A kept check-in as its form shows it."""
    said = {
        "key": row.key,
        "tags": row.tags,
        "again": row.own_words,
        "note": row.note,
        "note_share": row.note_share,
    }
    return {**row.answers, **said}
