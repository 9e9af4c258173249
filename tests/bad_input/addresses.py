"""Which of our addresses take a form at all."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

OURS = ("koru", "scheduling", "journaling", "moodtracking")
IN_PLACE: dict[type, object] = {UUIDConverter: UUID(int=0), IntConverter: 1}


def ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in OURS


def routes(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of each address of our own views."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        elif one.name and ours(one.callback.__module__):
            yield f"{space}{one.name}", one


def taking_forms(browsers: Collection[Client]) -> set[str]:
    """The names of our addresses that don't answer a POST of any of these with "not so"."""
    found = set()
    for name, pattern in routes(get_resolver().url_patterns):
        kinds = pattern.pattern.converters.items()
        path = reverse(name, kwargs={key: IN_PLACE.get(type(kind), "x") for key, kind in kinds})
        if all(browser.post(path).status_code != 405 for browser in browsers):
            found.add(name)
    return found
