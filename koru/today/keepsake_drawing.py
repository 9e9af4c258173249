"""A chart on paper: its lines as vectors with a spoken alternative, its words as words."""

from collections.abc import Iterator
from io import BytesIO

from fpdf import FPDF

from koru.ui.paper import GREY, SANS
from moodtracking.chart import BOTTOM, LEFT, RIGHT, Chart
from moodtracking.drawing import ANCHORS

WIDE, HIGH = 360, 81
ACROSS = 166
"""Millimetres: the page between its margins."""
SCALE = ACROSS / WIDE
FERN, DUSK = (44, 102, 70), (82, 76, 128)
ROUND = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
STROKES = {
    "grid": 'fill="none" stroke="#ddd4c2" stroke-width="1"',
    "area": 'fill="#e1ecdc"',
    "day": f'{ROUND} stroke="#5f9170" stroke-width="1"',
    "line": f'{ROUND} stroke="#2c6646" stroke-width="2.2"',
    "dots": f'{ROUND} stroke="#2c6646" stroke-width="4"',
    "session": 'fill="none" stroke="#524c80" stroke-width="1.2" stroke-dasharray="2 4"',
}
SMALL = 7.5


def draw(pdf: FPDF, chart: Chart, spoken: str) -> None:
    """The chart where the pen is; below it the pen goes on."""
    top = pdf.get_y() + 1
    inside = "".join(_paths(chart))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="176" viewBox="0 0 {WIDE} 176">{inside}</svg>'
    pdf.image(BytesIO(svg.encode()), x=pdf.l_margin, y=top, w=ACROSS, alt_text=spoken)
    pdf.set_text_shaping(False)

    def place(x: float, y: float) -> tuple[float, float]:
        return pdf.l_margin + x * SCALE, top + y * SCALE

    for mark in chart.sessions:
        _word(pdf, place(mark.x, 16), str(mark.number), "middle", DUSK)
    for word in chart.words:
        _word(pdf, place(88, word.at + 3), word.text, "end")
    for day, anchor in zip(chart.days, ANCHORS if len(chart.days) == len(ANCHORS) else ANCHORS[::2], strict=False):
        _word(pdf, place(day.at, 170), day.text, anchor)
    pdf.set_xy(pdf.l_margin, top + HIGH)


def _paths(chart: Chart) -> Iterator[str]:
    drawn = {
        "area": "".join(chart.areas),
        "grid": "".join(f"M{LEFT:g} {word.at}H{RIGHT:g}" for word in chart.words),
        "session": "".join(f"M{mark.x} 20V{BOTTOM:g}" for mark in chart.sessions),
        "day": "".join(chart.lines),
        "line": "".join(chart.means),
        "dots": chart.dots,
    }
    for name, path in drawn.items():
        if path:
            yield f'<path {STROKES[name]} d="{path}"/>'


def _word(pdf: FPDF, at: tuple[float, float], word: str, anchor: str, ink: tuple[int, int, int] = GREY) -> None:
    """A word of the axis; `at` is in millimetres, `anchor` says which end of the word stands there."""
    pdf.set_font(SANS, size=SMALL)
    pdf.set_text_color(*ink)
    wide = pdf.get_string_width(word)
    pdf.text(at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor], at[1], word)
