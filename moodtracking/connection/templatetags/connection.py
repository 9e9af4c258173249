"""How a line of a connection check-in is said once it is open."""

from django import template

register = template.Library()


@register.filter
def tenths(value: int | None) -> str:
    """ "8", "7.5"; a dash for a line that was skipped."""
    return "–" if value is None else f"{value / 10:g}"
