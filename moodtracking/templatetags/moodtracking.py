"""What the templates of a check-in ask for."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from django import template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from koru.ui.asking import Option, options

from .. import sentences
from ..drawing import drawn
from ..forms import CheckInForm
from ..item_sets import load
from ..lines import Line
from ..looking_back import LookingBack
from ..range_forms import RangeForm

register = template.Library()


@register.inclusion_tag("moodtracking/_question.html")
def question(field: BoundField) -> dict[str, object]:
    """A scale, with the mark that it was asked: what isn't picked on it is taken back, what wasn't asked stays."""
    return {"field": field}


@register.simple_tag
def tag_groups(form: CheckInForm) -> list[tuple[str, list[Option]]]:
    """The tags by group, as ticks."""
    ticks = {option.value: option for option in options(form["tags"])}
    return [(group, [ticks[slug] for slug in tags]) for group, tags in load().tags.items()]


@register.filter
def names(people: Sequence[str]) -> str:
    """ "Wren", "Wren and Heron" """
    return " and ".join(people) if len(people) < 3 else f"{', '.join(people[:-1])} and {people[-1]}"


@register.filter
def link_help(words: str) -> SafeString:
    """The sentence with its "Help now" as a link."""
    before, name, after = words.partition("Help now")
    link = format_html('<a href="{}">{}</a>', reverse("safety:help_now"), name) if name else ""
    return format_html("{}{}{}", before, link, after)


@register.filter
def spoken(day: date) -> str:
    """ "25 November", with the year when it isn't this one."""
    return sentences.spoken(day, timezone.now().date())


@register.filter
def marked(back: LookingBack) -> str:
    """ "1 on 12 October, 2 on 2 November": the sessions that the charts mark."""
    numbered = enumerate(back.sessions, 1)
    return ", ".join(f"{number} on {spoken(day)}" for number, day in numbered if back.first <= day <= back.last)


@register.filter
def lower_by(at: float, by: float) -> float:
    """Further down the drawing, or along it."""
    return round(at + by, 1)


@register.filter
def said_by(value: float, line: Line) -> str:
    """A value in the words of its line."""
    return line.say(value)


@register.filter
def signed(value: float) -> str:
    """ "+0.42", "−0.10" """
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}"


register.filter("drawn", drawn)


@register.simple_tag
def days_form(form: RangeForm) -> SafeString:
    """From one day to another; blank it is the same for everybody, and drawn once."""
    return _days_form(form) if form.is_bound else _blank_days_form()


@cache
def _blank_days_form() -> SafeString:
    return _days_form(RangeForm(timezone.now().date()))


def _days_form(form: RangeForm) -> SafeString:
    return render_to_string("moodtracking/_range_form.html", {"form": form})
