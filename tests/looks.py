"""Pages as everybody meets them: on narrow and wide screens, in light and dark, read by axe.

A page is opened once in light and once in dark, since colours pass over into others slowly, and then looked at in each
width: a browser lays it out anew by itself, and axe is read in once a page.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Size = tuple[int, Literal["light", "dark"]]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES: Mapping[str, Any] = {"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}}
SIZES: tuple[Size, ...] = ((320, "light"), (390, "dark"), (1280, "light"))
AT_REST = """() => Promise.all(document.getAnimations()
    .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished.catch(() => null)))"""
READ_IN = "() => Boolean(window.axe)"
RUN = "(options) => axe.run(options).then(({ violations, passes }) => [violations, passes.length])"
TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
    : ["too wide", ...[...document.querySelectorAll("main *, header *")].map((one) => [one.getBoundingClientRect().right, one])
        .filter(([right]) => right > innerWidth + 1).map(([, one]) => one.outerHTML.slice(0, 120)).slice(0, 3)]"""


def faults(page: Page, rules: Mapping[str, Any] = RULES) -> list[Any]:
    """What axe finds on the page as it is now. It has looked at something."""
    if not page.evaluate(READ_IN):
        page.evaluate(Axe().axe_script)
    violations, passed = page.evaluate(RUN, rules)
    assert passed, page.url
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in violations]


def looked_at(page: Page, widths: Iterable[int]) -> dict[str, Any]:
    """Of an open page, what is wrong in each of these widths; nothing, if all is well."""
    found: dict[str, Any] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(AT_REST)
        wrong = faults(page) + page.evaluate(TOO_WIDE)
        if wrong:
            found[f"{page.url} at {width}"] = wrong
    return found


def look_at_all(
    page: Page, paths: Iterable[str], sizes: Iterable[Size] = SIZES, opened: Callable[[Page], None] = lambda _: None
) -> None:
    """Open each of these pages, and what is folded away on it by `opened`; nobody is left out on any."""
    paths, found = list(paths), dict[str, Any]()
    for scheme in ("light", "dark"):
        widths = [width for width, shown in sizes if shown == scheme]
        page.emulate_media(color_scheme=scheme)
        for path in paths:
            page.goto(path)
            opened(page)
            found |= {f"{where} in {scheme}": wrong for where, wrong in looked_at(page, widths).items()}
    assert not found, found
