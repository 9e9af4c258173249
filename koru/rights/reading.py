"""The page of a copy that is read: it opens anywhere, with no network and no script. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .field_words import told
from .parts import ON_REQUEST, Part
from .rows import Row

CONTENT = Path(__file__).parent / "content"
FOLDED = 40  # more rows than that are folded away until somebody asks for them
HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' file:; media-src 'self' file:\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Your record</title>\n'
    "<style>{}</style>\n</head>\n<body>\n<h1>Your record</h1>\n"
)
LOINC = (
    "The file for other software contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. "
    "and the Logical Observation Identifiers Names and Codes (LOINC) Committee, and is available at no cost under the license "
    "at http://loinc.org/license."
)


@dataclass(frozen=True, slots=True)
class About:
    """What the head of the page says. `whole`: whether the list of who looked is as it was written."""

    name: str
    clinic: str
    phone: str
    made: str
    zone: ZoneInfo
    whole: bool


@cache
def looks() -> SafeString:
    return SafeString((CONTENT / "copy.css").read_text(encoding="utf-8"))


def page(about: About, parts: Mapping[Part, int], rows: Callable[[Part], Iterable[Row]]) -> Iterator[str]:
    """The page in pieces. `parts`: how many rows each holds; those without any aren't shown."""
    there = [part for part, count in parts.items() if count]
    yield format_html(HEAD, looks())
    yield _opening(about)
    links = ((part.name, part.title, parts[part]) for part in there)
    listed = format_html_join("", '<li><a href="#{}">{}</a> ({})</li>\n', links)
    yield format_html('<nav aria-label="What is in it"><ul>\n{}</ul></nav>\n', listed)
    for part in there:
        yield from _section(part, parts[part], rows(part), about.zone)
    yield _closing(about)


def _opening(about: About) -> SafeString:
    chain = "It is as it was written: nothing was changed or taken out." if about.whole else (
        "It doesn’t add up: something in it was changed or taken out. Please tell the clinic, and keep this file."
    )  # fmt: skip
    return format_html(
        '<p>A copy of everything that Koru keeps about <bdi>{}</bdi> at {}, made {}.</p>\n<div class="note">'
        "<p><b>Whoever has this folder can read it.</b> It holds what only you can read, too.</p>"
        "<p>The list of who looked was checked as this was made. {}</p></div>\n",
        about.name, about.clinic, about.made, chain,
    )  # fmt: skip


def _section(part: Part, count: int, rows: Iterable[Row], zone: ZoneInfo) -> Iterator[str]:
    yield format_html('<section aria-labelledby="{}">\n<h2 id="{}">{}</h2>\n', part.name, part.name, part.title)
    if count > FOLDED:
        yield format_html("<details><summary>Show all {}</summary>\n", count)
    for row in rows:
        yield _article(part, row, zone)
    yield "</details>\n</section>\n" if count > FOLDED else "</section>\n"


def _article(part: Part, row: Row, zone: ZoneInfo) -> SafeString:
    pairs = format_html_join("", '<dt>{}</dt><dd dir="auto">{}</dd>', told(part, row, zone))
    return format_html("<article>\n<dl>{}</dl>\n{}</article>\n", pairs, _figure(row))


def _figure(row: Row) -> SafeString:
    """A recording or a picture, where it lies beside this page."""
    file, kind = row.get("file"), row.get("media_type", "")
    if not file:
        return SafeString("")
    if kind.startswith("audio/"):
        return format_html('<audio controls preload="none" src="{}" aria-label="A recording"></audio>\n', file)
    return format_html('<figure><img src="{}" alt="{}"></figure>\n', file, row.get("words") or "A picture")


def _closing(about: About) -> SafeString:
    call = format_html(", {}", about.phone) if about.phone else ""
    return format_html(
        '<h2 id="files">The other files</h2>\n<ul><li><b>record.json</b>: the same, all of it, for programs.</li>'
        "<li><b>csv/</b>: the same as tables, for a spreadsheet.</li>"
        "<li><b>fhir/bundle.json</b>: for other health software (FHIR R4). Entries that only you can read are in it, marked as "
        "restricted: look before you hand it on.</li>"
        "<li><b>media/</b>: recordings and pictures as you made them. One that you took out since isn’t there.</li></ul>\n"
        '<h2 id="not">What isn’t in it</h2>\n<ul><li>{}.</li><li>How the clinic handled a call for help; the practice '
        "gives it on request.</li><li>Passwords, codes and links that would open something.</li></ul>\n"
        '<p>Questions? {}{}.</p>\n<p class="small">{}</p>\n</body>\n</html>\n',
        ON_REQUEST[0].upper() + ON_REQUEST[1:], about.clinic, call, LOINC,
    )  # fmt: skip
