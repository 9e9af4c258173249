"""Entries as one page that opens anywhere, with no network and no script. Pure."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString

from koru.ui.times import spoken_instant

from .carrying import Carried

LOOKS = Path(__file__).parent / "content" / "carried.css"
HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n<style>{}</style>\n</head>\n'
    "<body>\n<h1>{}</h1>\n"
)


@cache
def looks() -> SafeString:
    return SafeString(LOOKS.read_text(encoding="utf-8"))


def page(entries: Iterable[Carried], title: str) -> Iterator[str]:
    """The page in pieces, an entry each."""
    yield format_html(HEAD, title, looks(), title)
    for entry in entries:
        yield _article(entry)
    yield "</body>\n</html>\n"


def _article(entry: Carried) -> str:
    when = spoken_instant(entry.at, ZoneInfo(entry.zone), this_year=0)
    heading = format_html('<h2 dir="auto">{}</h2>\n', entry.title) if entry.title else ""
    asked = format_html('<p class="asked" dir="auto">{}</p>\n', entry.asked) if entry.asked else ""
    words = SafeString(linebreaks(entry.text, autoescape=True).replace("<p>", '<p dir="auto">'))
    return format_html('<article>\n<p class="when">{}</p>\n{}{}{}\n</article>\n', when, heading, asked, words)
