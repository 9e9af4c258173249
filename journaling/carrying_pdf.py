"""Entries as a PDF: shaped for scripts that run from the right, and honest about signs that its font doesn't have. Pure."""

import logging
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from fpdf.fonts import TTFFont

from koru.ui.times import spoken_instant

from .carrying import Carried

FONT = Path(__file__).parent / "content" / "fonts" / "dejavu-sans.ttf"
FAMILY = "DejaVu"
LAST_PLAIN = "\u052f"  # Latin, Greek and Cyrillic end here
NONE_HERE = "\u25a1"
MISSING = "A sign in [brackets] or \u25a1 stands for one that this PDF can't draw. In the page (HTML) it is as you wrote it."
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
logging.getLogger("fontTools").setLevel(logging.ERROR)
logging.getLogger("fpdf").setLevel(logging.ERROR)


@cache
def drawn_signs() -> frozenset[int]:
    """Code points that the font draws."""
    pdf = FPDF()
    pdf.add_font(FAMILY, fname=FONT)
    font = pdf.fonts[FAMILY.lower()]
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()


def drawable(text: str) -> tuple[str, bool]:
    """The text with names for emoji and a box for other signs that the font lacks, and whether any had to be."""
    parts = [_drawn(sign) for sign in unicodedata.normalize("NFC", text)]
    return "".join(words for words, _ in parts), any(lacking for _, lacking in parts)


def _drawn(sign: str) -> tuple[str, bool]:
    if sign in "\n\t" or ord(sign) in drawn_signs():
        return (" " * 4 if sign == "\t" else sign), False
    if sign in INVISIBLE or unicodedata.combining(sign):
        return "", False
    named = unicodedata.name(sign, "") if unicodedata.category(sign) == "So" else ""
    return (f"[{named.lower()}]" if named else NONE_HERE), True


def needs_shaping(text: str) -> bool:
    """Whether letters join, turn or stack, as they do beyond Latin, Greek and Cyrillic. Without it setting is far faster."""
    return not text.isascii() and any(sign > LAST_PLAIN and unicodedata.category(sign)[0] in "LM" for sign in text)


def runs_from_the_right(text: str) -> bool:
    """By its first letter that has a direction, as dir="auto" does."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return first != "L"


def document(entries: Iterable[Carried], title: str) -> bytes:
    """The whole file. It is made in memory: its caller sees to it that it isn't too much."""
    pdf = _empty(title)
    lacking = False
    _say(pdf, title, 16)
    for entry in entries:
        lacking |= _write(pdf, entry)
    if lacking:
        pdf.ln(6)
        _say(pdf, MISSING, 9, grey=True)
    return bytes(pdf.output())


def _empty(title: str) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_title(title)
    pdf.set_margin(22)
    pdf.set_auto_page_break(True, 22)
    pdf.add_font(FAMILY, fname=FONT)
    pdf.add_page()
    return pdf


def _write(pdf: FPDF, entry: Carried) -> bool:
    pdf.ln(5)
    lacking = _say(pdf, spoken_instant(entry.at, ZoneInfo(entry.zone), this_year=0), 9, grey=True)
    if entry.title:
        lacking |= _say(pdf, entry.title, 13)
    for step in entry.told:
        lacking |= _say(pdf, step.asked, 11, grey=True) if step.asked else False
        for paragraph in step.text.split("\n"):
            lacking |= _say(pdf, paragraph, 11)
    for thing in entry.things:
        lacking |= _say(pdf, f"With a {thing.name}, not in this file.", 9, grey=True)
    return lacking


def _say(pdf: FPDF, words: str, size: int, *, grey: bool = False) -> bool:
    """One paragraph, from the side that it runs from. Whether signs had to be replaced."""
    text, lacking = drawable(words)
    if not text.strip():
        pdf.ln(size * 0.3)
        return lacking
    pdf.set_text_shaping(needs_shaping(text))
    pdf.set_font(FAMILY, size=size)
    pdf.set_text_color(90 if grey else 20)
    align = "R" if runs_from_the_right(text) else "L"
    pdf.multi_cell(0, size * 0.55, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=WrapMode.WORD)
    return lacking
