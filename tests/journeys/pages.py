"""The pages that somebody finds by following links, from where they come in."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext

HOMES = {
    "": ("/", "/help-now/", "/demo/mailbox/"),
    "client": ("/today/", "/check-in/after/"),
    "therapist": ("/care/",),
    "staff": ("/desk/", "/desk/book/", "/desk/clients/invite/"),
    "admin": ("/admin/", "/desk/"),
}
ELSEWHERE = re.compile(r"^/(static|ui|admin/logout|admin/jsi18n|home)|\.ics|(?<!/journal)/calendar/|/html/$")
FOR_ALL = re.compile(r"^/($|\?|demo/|consultation/|privacy/|help-now/|accounts/)")
ONE_OF_MANY = re.compile(
    r"(?<=/consents/)[a-z-]+|(?<=/guides/)[a-z-]+|(?<=/practices/)[a-z-]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|[A-Za-z0-9_-]{22,}"
)


def shape(path: str) -> str:
    """Two addresses of one shape show the same page about two things."""
    parts = urlsplit(path)
    asked = sorted(name if value else "" for name, value in parse_qsl(parts.query, keep_blank_values=True))
    return ONE_OF_MANY.sub("*", parts.path) + "?" * bool(asked) + "&".join(asked)


def links(html: str) -> Iterator[str]:
    for href in re.findall(r"<a\b[^>]*?href=\"(/[^\"#]*)", html):
        if not ELSEWHERE.search(href):
            yield unescape(href)


def own(context: BrowserContext, role: str) -> list[str]:
    """Of the pages within reach those that a visitor does not have; what every account has, counts as the client's."""
    shown = found(context, role)
    return [path for path in shown if not role or not FOR_ALL.search(path) or (role == "client" and "/accounts/" in path)]


def found(context: BrowserContext, role: str, each: int = 1, most: int = 400) -> dict[str, str]:
    """All pages within reach, by path: up to `each` of one shape. No answer of 500 on the way."""
    queue, pages, shapes = list(HOMES[role]), dict[str, str](), dict[str, int]()
    while queue and len(pages) < most:
        path = queue.pop(0)
        if path in pages or shapes.get(shape(path), 0) >= each:
            continue
        shapes[shape(path)] = shapes.get(shape(path), 0) + 1
        answer = context.request.get(path)
        assert answer.status < 500, path
        if answer.ok and "text/html" in answer.headers["content-type"]:
            pages[path] = answer.text()
            queue += links(pages[path])
    return pages
