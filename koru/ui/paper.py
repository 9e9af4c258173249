"""Words on A4: shaped for scripts that run from the right, and honest about signs that no font here has. Pure.

The serif is that of the pages; what it can't draw is set in DejaVu Sans, a paragraph at a time.
"""

import logging
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import WrapMode, XPos, YPos
from fpdf.fonts import TTFFont

from .wrapping import wrapped

FONTS = Path(__file__).parent / "fonts"
SANS, SERIF = "DejaVu", "Newsreader"
FILES = {SANS: FONTS / "dejavu-sans.ttf", SERIF: FONTS / "newsreader-koru.ttf"}
LAST_PLAIN = "\u052f"  # Latin, Greek and Cyrillic end here
NONE_HERE = "\u25a1"
MISSING = "A sign in [brackets] or \u25a1 stands for one that this PDF can't draw. In the page (HTML) it is as you wrote it."
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
MARGIN = 22
INK, GREY = (20, 20, 20), (90, 90, 90)
logging.getLogger("fontTools").setLevel(logging.ERROR)
logging.getLogger("fpdf").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Hand:
    """How words are set: `size` in points, `high` the height of a line in millimetres for each point.

    `centred`: in the middle, instead of at the side that the words run from.
    """

    size: float
    ink: tuple[int, int, int] = INK
    family: str = SANS
    high: float = 0.55
    centred: bool = False

    @property
    def line(self) -> float:
        """Millimetres from one line to the next."""
        return self.size * self.high


@cache
def drawn_signs(family: str = SANS) -> frozenset[int]:
    """Code points that a font draws."""
    pdf = FPDF()
    pdf.add_font(family, fname=FILES[family])
    font = pdf.fonts[family.lower()]
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


class Paper:
    """A document that is written from top to bottom. `lacking`: signs had to be replaced somewhere."""

    def __init__(self, title: str) -> None:
        self.lacking = False
        self.widths: dict[tuple[str, float], dict[str, float]] = {}
        self.pdf = FPDF(format="A4")
        self.pdf.set_title(title)
        self.pdf.set_lang("en")
        self.pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.pdf.set_margin(MARGIN)
        self.pdf.set_auto_page_break(True, MARGIN)
        for family, file in FILES.items():
            self.pdf.add_font(family, fname=file)
        self.pdf.add_page()

    def say(self, words: str, hand: Hand) -> None:
        """One paragraph, from the side that it runs from."""
        text, lacking = drawable(words)
        self.lacking |= lacking
        if not text.strip():
            self.pdf.ln(hand.size * 0.3)
            return
        shaped = needs_shaping(text)
        self.pdf.set_text_shaping(shaped)
        self.pdf.set_font(_family(hand, text), size=hand.size)
        self.pdf.set_text_color(*hand.ink)
        side = "C" if hand.centred else "R" if runs_from_the_right(text) else "L"
        if shaped:
            self.pdf.multi_cell(0, hand.line, text, align=side, new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=WrapMode.WORD)
            return
        for line in wrapped(text, self._wide(), self.pdf.epw - 2 * self.pdf.c_margin):
            self.pdf.cell(0, hand.line, line, align=side, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _wide(self) -> Callable[[str], float]:
        """How wide a sign is as it is set now. Without shaping signs stand beside each other as they are."""
        known = self.widths.setdefault((self.pdf.font_family, self.pdf.font_size_pt), {})

        def wide(sign: str) -> float:
            if sign not in known:
                known[sign] = self.pdf.get_string_width(sign)
            return known[sign]

        return wide

    def tell(self, text: str, hand: Hand) -> None:
        """Words of several paragraphs."""
        for paragraph in text.split("\n"):
            self.say(paragraph, hand)

    def space(self, millimetres: float) -> None:
        self.pdf.ln(millimetres)

    def room_for(self, millimetres: float) -> None:
        """Go on on a new page, where this one has less than that left."""
        if self.pdf.get_y() > self.pdf.h - MARGIN - millimetres:
            self.pdf.add_page()

    @property
    def at_the_top(self) -> bool:
        return self.pdf.get_y() <= MARGIN + 1

    def finished(self, hand: Hand) -> bytes:
        """The whole file; at its end it says what stands in for signs that could not be drawn."""
        if self.lacking:
            self.space(6)
            self.say(MISSING, hand)
        return bytes(self.pdf.output())


def _family(hand: Hand, text: str) -> str:
    """The one asked for, if it draws each sign of this paragraph."""
    return hand.family if all(ord(sign) in drawn_signs(hand.family) for sign in text if sign != "\n") else SANS
