"""A question of a check-in as a form field. Only what the scale shows is an answer: "٣", "1e9" and NaN are none."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from koru.ui.widgets import Steps
from koru.ui.words import PICK

from .item_sets import load
from .items import Item

Choice = tuple[str, str | SafeString]
MOST_RADIOS = 7


def field_for(item: Item) -> forms.TypedChoiceField:
    """Radios for a scale in words, a list for hours and for many steps. Every one can be skipped."""
    few = 0 < len(item.choices) <= MOST_RADIOS
    return forms.TypedChoiceField(
        label=item.ask,
        help_text=item.beforehand,
        choices=_steps(item) if few else _listed(item),
        widget=Steps(drawn=item.drawn) if few else forms.Select,
        coerce=number,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": PICK},
    )


def number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _steps(item: Item) -> list[Choice]:
    """The place of a step is said to those who hear the page, and shown to nobody."""
    count = len(item.anchors)
    return [(str(value), _said(word, place, count)) for place, (value, word) in enumerate(item.choices, 1)]


def _said(word: str, place: int, count: int) -> SafeString:
    shown = word[:1].upper() + word[1:]
    whole = f"{shown}, {place} of {count}"
    return format_html('<span aria-hidden="true">{}</span><span class="vh">{}</span>', shown, whole)


def _listed(item: Item) -> list[Choice]:
    if item.choices:
        return [("", "Not now"), *((str(value), word) for value, word in item.choices)]
    steps = int((item.highest - item.lowest) / item.step) + 1
    values = [item.lowest + item.step * place for place in range(steps)]
    return [("", str(load().words["dont_know"])), *((f"{value:g}", hours_words(value)) for value in values)]


def hours_words(value: float) -> str:
    """ "6 and a half hours" """
    whole, half = int(value), value % 1 != 0
    if half:
        return f"{whole} and a half hours" if whole else "half an hour"
    return "1 hour" if whole == 1 else f"{whole} hours"
