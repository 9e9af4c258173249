"""The words of a keepsake, which its PDF says too."""

from django import template

from ..keepsake_words import DOTS, HEADINGS, LATER, NOTHING

register = template.Library()
SAID = {**HEADINGS, "dots": DOTS, "later": LATER, "nothing": NOTHING}


@register.simple_tag
def kept_words(name: str) -> str:
    return SAID[name]
