"""A slow line: the page is there to be used, and its scripts come when a test lets them."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route


class Line:
    """Holds back each script of a page; `let_come` hands them over and waits until the page is whole."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.waiting: list[Route] = []
        self.slow = True

    def hold(self, route: Route) -> None:
        if self.slow and route.request.resource_type == "script":
            self.waiting.append(route)
        else:
            route.continue_()

    def open(self, path: str) -> None:
        """Up to the end of the document itself, which is there before any script."""
        self.page.goto(path, wait_until="commit")
        self.page.locator("footer, #main").last.wait_for(state="attached")

    def let_come(self) -> None:
        assert self.waiting, "no script was on its way"
        self.slow = False
        for route in self.waiting:
            route.continue_()
        self.page.wait_for_load_state("load")


@contextmanager
def slow_line(page: Page) -> Iterator[Line]:
    line = Line(page)
    page.route("**/*.js", line.hold)
    yield line
    page.unroute("**/*.js", line.hold)
