"""Drawings as inline svg: the mark, line icons and the stages of unfurling. They decorate; words carry the meaning."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

STROKE = '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{}</g>'


@cache
def drawings() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "drawings.toml").read_text())


def _svg(inside: str, side: int) -> SafeString:
    """The drawings are our own file, never anybody's input."""
    return format_html('<svg viewBox="0 0 {0} {0}" aria-hidden="true">{1}</svg>', side, SafeString(inside))


@cache
def icon(name: str) -> SafeString:
    """A line icon by name. Raises KeyError for one that isn't drawn."""
    return _svg(STROKE.format(drawings()["line"][name]), 24)


@cache
def mark() -> SafeString:
    return _svg(drawings()["mark"], 34)


@cache
def stage(index: int, of: int) -> SafeString:
    """The drawing of one step of a scale, empty for scales of other lengths than five and seven."""
    stages = {5: drawings()["fern"]["five"], 7: drawings()["fern"]["seven"]}.get(of)
    return _svg(stages[index], 24) if stages else SafeString("")
