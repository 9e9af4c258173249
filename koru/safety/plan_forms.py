"""The safety plan's form: as many rows as its lines need, and one free row in each section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from koru.ui.forms import KoruForm, OneLineField, PhoneField
from koru.ui.words import plain_words

from .plan_drafts import Typed
from .plan_words import MATTERS, MOST_LINES, ROOM, PlanLine, Section, Words, content, sections
from .planning import Writing

LONGEST = 200
LOST = "Koru can't tell which version this began from. What you typed is kept: open the plan again to go on with it."
TOO_MANY = "A part holds twelve lines, so that it stays a page. Two of them could become one."
WRONG = ("required", "invalid", "min_value", "max_value")
HIGHEST = 2**31 - 1
PARTS = ("words", "phone", "say")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section, with its controls. `place` is where it stands."""

    place: int
    words: BoundField
    phone: BoundField | None
    say: BoundField | None
    is_last: bool

    @property
    def is_free(self) -> bool:
        """The empty one at the end: there is nothing to move."""
        return self.is_last and not any(part.value() for part in (self.words, self.phone, self.say) if part)


@dataclass(frozen=True, slots=True)
class Rows:
    section: Section
    rows: list[Row]


class PlanForm(KoruForm):
    """Seven lists of short lines. `hides_matters`: this writer has no last section."""

    keyed = True
    base = forms.IntegerField(
        min_value=0, max_value=HIGHEST, initial=0, widget=forms.HiddenInput, error_messages=dict.fromkeys(WRONG, LOST)
    )
    revision = forms.IntegerField(min_value=0, max_value=HIGHEST, required=False, initial=0, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, words: Words, *, hides_matters: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.shown = [one for one in sections() if not (hides_matters and one.slug == MATTERS)]
        self.places: dict[str, int] = {}
        for section in self.shown:
            lines = words.get(section.slug, ())
            self.places[section.slug] = self._room(section, lines)
            for place in range(self.places[section.slug]):
                self._add_row(section, place, lines[place] if place < len(lines) else PlanLine())

    def _room(self, section: Section, lines: tuple[PlanLine, ...]) -> int:
        """Rows for all that was sent or is there, and a free one while there is room."""
        if not self.is_bound:
            free = not (lines and lines[-1].is_blank) and len(lines) < MOST_LINES
            return len(lines) + free
        sent = (name.split("-") for name in self.data if name.startswith(f"{section.slug}-"))
        places = [int(parts[1]) for parts in sent if len(parts) == 3 and parts[2] in PARTS and _is_place(parts[1])]
        return max(places, default=0) + 1

    def _add_row(self, section: Section, place: int, line: PlanLine) -> None:
        name = f"{section.slug}-{place}"
        number = place + 1
        own: dict[str, forms.Field] = {
            f"{name}-words": OneLineField(
                label=f"Name {number}" if section.numbered else f"{section.title}, line {number}",
                max_length=LONGEST,
                required=False,
                initial=line.words,
            )
        }
        if section.numbered:
            own[f"{name}-phone"] = PhoneField(label=f"Number {number}")
            own[f"{name}-say"] = OneLineField(label=f"What to say {number}", max_length=LONGEST, required=False)
            own[f"{name}-phone"].initial, own[f"{name}-say"].initial = line.phone, line.say
        for key, field in own.items():
            plain_words(key, field)
            self.fields[key] = field

    @property
    def sections(self) -> list[Rows]:
        return [Rows(section, self._rows(section)) for section in self.shown]

    def _rows(self, section: Section) -> list[Row]:
        count = self.places[section.slug]
        return [
            Row(
                place,
                self[f"{section.slug}-{place}-words"],
                self[f"{section.slug}-{place}-phone"] if section.numbered else None,
                self[f"{section.slug}-{place}-say"] if section.numbered else None,
                place + 1 == count,
            )
            for place in range(count)
        ]

    def clean(self) -> dict[str, Any]:
        done: dict[str, Any] = super().clean() or {}
        for section in self.shown:
            filled = [place for place, line in enumerate(self._lines(section)) if not line.is_blank]
            if len(filled) > MOST_LINES:
                self.add_error(f"{section.slug}-{filled[MOST_LINES]}-words", TOO_MANY)
        return done

    @property
    def typed(self) -> Words:
        """All lines as they were typed, blank ones too, whatever is wrong with them."""
        return {section.slug: self._lines(section) for section in self.shown}

    def _lines(self, section: Section) -> tuple[PlanLine, ...]:
        names = (f"{section.slug}-{place}" for place in range(self.places[section.slug]))
        return tuple(PlanLine(*(str(self.data.get(f"{name}-{part}", "")) for part in PARTS)) for name in names)

    @property
    def unfinished(self) -> Typed:
        """What was typed, as a draft."""
        done = self.cleaned_data
        return Typed(self.typed, done["key"], done.get("base") or 0, done.get("revision") or 0)

    @property
    def writing(self) -> Writing:
        """What is to be kept."""
        done = self.cleaned_data
        lines = {section.slug: tuple(self._cleaned(section)) for section in self.shown}
        return Writing(lines, done.get("base") or 0, done["key"], bool(done.get("together")))

    def _cleaned(self, section: Section) -> list[PlanLine]:
        names = (f"{section.slug}-{place}" for place in range(self.places[section.slug]))
        return [PlanLine(*(self.cleaned_data.get(f"{name}-{part}", "") for part in PARTS)) for name in names]


class TogetherForm(PlanForm):
    """The therapist's: with the mark that it was made together."""

    together = forms.BooleanField(required=False, label=content()["page"]["together"])


def _is_place(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= 2 and int(part) < ROOM
