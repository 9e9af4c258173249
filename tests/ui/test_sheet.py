"""The style sheet keeps its promises: contrast in both schemes, colours as tokens only, little weight."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

from journaling.attachments.ways import WAYS

from .sheet import ROOT, SHEET, contrast, schemes, tokens_layer

GROUNDS = ("paper", "raised", "sunk")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "fern", "fern-deep", "clay") for ground in GROUNDS] + [
    ("on-fern", "fern"),
    ("on-fern", "fern-deep"),
    ("fern-deep", "fern-soft"),
    ("fern", "fern-soft"),
    ("ink", "fern-soft"),
    ("ink-2", "fern-soft"),
    ("dusk", "dusk-soft"),
    ("ink", "dusk-soft"),
    ("straw", "straw-soft"),
    ("clay", "clay-soft"),
    ("ink", "clay-soft"),
    ("raised", "clay"),
    ("paper", "ink"),
]
EDGES = [("control", "paper"), ("control", "raised"), ("focus", "paper"), ("focus", "raised"), ("fern-mid", "raised")]


@pytest.mark.parametrize("scheme", ["light", "dark", "dim"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme: str, ink: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark", "dim"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_rings_and_drawings_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[edge], colours[ground]) >= 3


def test_black_on_white_measures_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_no_colour_stands_outside_the_tokens() -> None:
    outside = SHEET.replace(tokens_layer(), "")
    raw = re.findall(
        r"#[0-9a-fA-F]{3,8}\b|\brgba?\([^)]*\)|\bhsla?\([^)]*\)|(?<![\w-])(?:white|black|red|green|blue)(?![\w-])", outside
    )
    assert raw == []


SCRIPTS = {file.name: file for file in (ROOT / "static/js").glob("*.js")}
WITH_EVERY_PAGE = {"koru.js"}


def with_what_it_brings(names: set[str]) -> set[str]:
    """Scripts, and those they import at once."""
    brought = {other for name in names for other in re.findall(r'from "\./(\w+\.js)"', SCRIPTS[name].read_text())}
    return names if brought <= names else with_what_it_brings(names | brought)


def asked_for_later() -> set[str]:
    """Those that a script fetches when it needs them, after the page stands."""
    return {other for file in SCRIPTS.values() for other in re.findall(r'import\("\./(\w+\.js)"\)', file.read_text())}


def scripts_of_pages() -> list[set[str]]:
    """The scripts of each template that brings any; a page for another way to say it has one of its own."""
    own = [set(re.findall(r"js/(\w+\.js)", file.read_text())) for file in (ROOT / "templates").rglob("*.html")]
    by_way = [{"drafts.js", way.script.removeprefix("js/")} for way in WAYS.values()]
    return [with_what_it_brings(names | WITH_EVERY_PAGE) for names in own + by_way if names]


def test_the_first_view_of_a_page_stays_light() -> None:
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    weights = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in [*SCRIPTS.values(), htmx]}
    sheet = len(gzip.compress((ROOT / "static/css/koru.css").read_bytes(), 9))
    heaviest = max(sum(weights[name] for name in names) for names in scripts_of_pages())
    assert heaviest <= 10_000
    assert heaviest + sheet + weights[htmx.name] <= 60_000
    assert set.union(asked_for_later(), *scripts_of_pages()) == SCRIPTS.keys(), "a script that no page brings"


def test_fonts_stay_within_24_kilobytes_and_bring_their_licence() -> None:
    fonts = ROOT / "static" / "fonts"
    assert sum(file.stat().st_size for file in fonts.glob("*.woff2")) <= 24_000
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text().upper()


def test_nothing_in_the_sheet_or_the_scripts_leaves_for_another_host() -> None:
    scripts = "".join(file.read_text() for file in (ROOT / "static/js").glob("*.js"))
    assert re.findall(r"https?://|//[a-z]+\.[a-z]", SHEET + scripts) == []
