"""Entries as one page that opens anywhere, with no network and no script. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

from koru.ui.times import spoken_instant

from .attachments.things import VOICE
from .carrying import Carried, CarriedThing

LOOKS = Path(__file__).parent / "content" / "carried.css"
HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' file:; media-src 'self' file:\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n<style>{}</style>\n</head>\n'
    "<body>\n<h1>{}</h1>\n"
)


@cache
def looks() -> SafeString:
    return SafeString(LOOKS.read_text(encoding="utf-8"))


def page(entries: Iterable[Carried], title: str, *, files: bool = False) -> Iterator[str]:
    """The page in pieces, an entry each. `files`: recordings and pictures lie beside it; else it only says that there are."""
    yield format_html(HEAD, title, looks(), title)
    for entry in entries:
        yield _article(entry, files)
    yield "</body>\n</html>\n"


def _article(entry: Carried, files: bool) -> str:
    when = spoken_instant(entry.at, ZoneInfo(entry.zone), this_year=0)
    heading = format_html('<h2 dir="auto">{}</h2>\n', entry.title) if entry.title else ""
    said = format_html_join("", "{}{}", ((_asked(step.asked), _words(step.text)) for step in entry.told))
    beside = _figures(entry.things) if files else _named(entry.things)
    return format_html('<article>\n<p class="when">{}</p>\n{}{}\n{}</article>\n', when, heading, said, beside)


def _asked(question: str) -> str:
    return format_html('<p class="asked" dir="auto">{}</p>\n', question) if question else ""


def _words(text: str) -> SafeString:
    return SafeString(linebreaks(text, autoescape=True).replace("<p>", '<p dir="auto">'))


def _figures(things: Iterable[CarriedThing]) -> SafeString:
    return format_html_join("", "<figure>{}{}</figure>\n", ((_shown(one), _caption(one)) for one in things))


def _shown(one: CarriedThing) -> str:
    if one.kind == VOICE:
        return format_html('<audio controls preload="none" src="{}" aria-label="A {}"></audio>', one.file, one.name)
    return format_html('<img src="{}" alt="{}">', one.file, one.words or one.name.capitalize())


def _caption(one: CarriedThing) -> str:
    return format_html(
        "<figcaption>A {}{}</figcaption>", one.name, format_html(": <bdi>{}</bdi>", one.words) if one.words else ""
    )


def _named(things: Sequence[CarriedThing]) -> str:
    """Without the files: that they are there, and where."""
    said = ", ".join(f"a {one.name}" for one in things)
    return format_html('<p class="when">With {}, not in this file.</p>\n', said) if things else ""
