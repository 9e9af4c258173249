"""Every deed says which way it goes: more shared, booked or agreed to waits after a session, less acts at once."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from koru.moments.directions import direction_of, either, narrows, neither, widens

from .floors import ROOT

ROOMS = ("koru", "scheduling", "journaling", "moodtracking")
NO_DEEDS = {
    "koru.privacy.door": "opens a record to be read",
    "koru.care.flags": "opens a flag to be read",
    "scheduling.reminders": "plans the letters of a deed",
    "scheduling.terms": "asks what holds for somebody",
    "koru.desk.seeding": "makes up histories",
    "moodtracking.saving": "says what follows from a check-in",
}
Function = Callable[..., Any]


def told_who(function: Function) -> bool:
    by = inspect.signature(function).parameters.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY


def deeds() -> Iterator[tuple[str, Function]]:
    """Each public function of a module that is told who does it."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if "migrations" in name or "by: " not in file.read_text() or any(name.startswith(other) for other in NO_DEEDS):
                continue
            module = importlib.import_module(name)
            for title, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == name and not title.startswith("_") and told_who(function):
                    yield f"{name}.{title}", function


def test_every_deed_says_which_way_it_goes() -> None:
    said = {name: direction_of(deed) for name, deed in deeds()}
    assert len(said) > 50
    assert [name for name, direction in said.items() if direction is None] == []


def test_what_is_no_deed_is_still_there() -> None:
    """A name that has moved would let through whatever takes its place."""
    for name in NO_DEEDS:
        assert importlib.import_module(name)


@pytest.mark.parametrize("declare", [widens, narrows, either, neither])
def test_declaring_changes_nothing_but_that(declare: Callable[[Function], Function]) -> None:
    def share(what: int, *, by: str) -> tuple[int, str]:
        return what, by

    assert direction_of(share) is None
    declared = declare(share)
    assert declared is share
    assert direction_of(share) == declare.__name__
    assert told_who(share)
    assert share(3, by="wren") == (3, "wren")
