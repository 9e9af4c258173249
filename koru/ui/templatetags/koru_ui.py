"""What templates ask for: drawings, times in words, navigation, and the parts of a form."""

from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from koru.ui import asking, drawings, shell, times

register = template.Library()

register.simple_tag(drawings.icon, name="icon")
register.simple_tag(drawings.mark, name="mark")
register.simple_tag(drawings.stage, name="stage")
register.filter("shape", asking.shape)
register.simple_tag(asking.control, name="control")
register.simple_tag(asking.options, name="options")


@register.simple_tag(takes_context=True)
def navigation(context: Context, role: str) -> SafeString:
    request = context.get("request")
    return _drawn(tuple(shell.items(role, request.path if request else "")))


@cache
def _drawn(items: tuple[shell.Item, ...]) -> SafeString:
    """There are as many as places in the navigation, each marked in two ways at most."""
    return render_to_string("ui/nav.html", {"items": items})


@register.tag
def once(parser: Parser, token: Token) -> Node:
    """`{% once %}…{% endonce %}`: rendered at its first showing and kept. What is inside sees no variables."""
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(inside)


class Once(Node):
    def __init__(self, inside: NodeList) -> None:
        self.inside = inside
        self.drawn: SafeString | None = None

    def render(self, context: Context) -> SafeString:
        if self.drawn is None:
            self.drawn = self.inside.render(context.new())
        return self.drawn


@register.inclusion_tag("ui/problem.html")
def problem(*some_forms: forms.BaseForm) -> dict[str, object]:
    """The error summary over one form or several; nothing when all is well."""
    return {"faults": [fault for form in some_forms for fault in asking.faults(form)]}


def zone_of(zone: str | ZoneInfo) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


@register.simple_tag
def when(start: datetime, end: datetime, zone: str | ZoneInfo, other: str | ZoneInfo = "") -> SafeString:
    """A stretch of time in the leading zone, named; the other zone in brackets when its clocks differ."""
    leading = zone_of(zone)
    words = times.spoken_both(start, end, leading, zone_of(other) if other else leading, this_year=timezone.now().year)
    return format_html('<time datetime="{}">{}</time>', start.astimezone(leading).isoformat(), words)


@register.filter
def in_zone(at: datetime, zone: str | ZoneInfo) -> str:
    """ "Tuesday 1 December, 10:00 am" """
    return times.spoken_instant(at, zone_of(zone), this_year=timezone.now().year)


@register.filter
def day_in(at: datetime, zone: str | ZoneInfo) -> str:
    """ "Tuesday 1 December" """
    return times.spoken_day(at.astimezone(zone_of(zone)).date(), this_year=timezone.now().year)


@register.filter
def short_day_in(at: datetime, zone: str | ZoneInfo) -> str:
    """ "Tue 1 Dec" """
    return times.short_day(at.astimezone(zone_of(zone)).date())


@register.filter
def time_in(at: datetime, zone: str | ZoneInfo) -> str:
    """ "10:00 am" """
    return times.spoken_time(at.astimezone(zone_of(zone)))


@register.filter
def clock(at: time) -> str:
    """ "10:00 am", a time on the wall without a day."""
    return times.spoken_time(at)


@register.filter
def day_words(day: date) -> str:
    """ "Tuesday 1 December", with the year when it isn't this one."""
    return times.spoken_day(day, this_year=timezone.now().year)


@register.filter
def short_day_words(day: date) -> str:
    """ "Tue 1 Dec" """
    return times.short_day(day)


@register.filter
def month_words(day: date) -> str:
    """ "December 2026" """
    return times.spoken_month(day)


@register.filter
def zone_words(zone: str | ZoneInfo, at: Any = None) -> str:
    """ "Denver time (MST)", on that instant or now."""
    return times.spoken_zone(zone_of(zone), at or timezone.now())
