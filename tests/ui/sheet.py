"""Reads the tokens of the style sheet, and measures contrast as WCAG 2 does."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "static" / "css" / "koru.css").read_text()
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})\b")


def tokens_layer() -> str:
    """The text of `@layer tokens { … }`, by counting braces."""
    start = SHEET.index("{", SHEET.index("@layer tokens {"))
    depth = 0
    for position in range(start, len(SHEET)):
        depth += {"{": 1, "}": -1}.get(SHEET[position], 0)
        if not depth:
            return SHEET[start : position + 1]
    raise AssertionError("the tokens layer never ends")


def schemes() -> dict[str, dict[str, str]]:
    """Colours by token, for light, for dark, and for the dim page of the evening after a session."""
    screen = tokens_layer().split("@media print")[0]
    light, dark = screen.split("@media (prefers-color-scheme: dark)")
    colours = dict(HEX.findall(light))
    dim = tokens_layer().split(":root:has([data-dim])")[1]
    return {
        "light": colours,
        "dark": colours | dict(HEX.findall(dark)),
        "dim": colours | dict(HEX.findall(dark)) | dict(HEX.findall(dim)),
    }


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
