"""The floors of the house, and who stands on which: what the tests beside it ask."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    ("koru.moments",),
    ("koru.sealing", "koru.ui", "koru.outside"),
    ("koru.people",),
    ("koru.privacy", "koru.reminders"),
    ("scheduling", "koru.safety", "koru.practices"),
    ("journaling", "moodtracking"),
    ("koru.today", "koru.care", "koru.desk", "koru.rights"),
    ("koru.settings", "koru.urls", "koru.health", "koru.metrics", "koru.celery", "koru.wsgi"),
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
APART = "koru.stack"  # runs the house from outside: none of it is imported there


@dataclass(frozen=True)
class Arrow:
    """One module leaning on another."""

    source: str
    target: str
    line: int


def room_of(module: str) -> str | None:
    return next((room for room in (*LEVEL, APART) if module == room or module.startswith(f"{room}.")), None)


def may_lean(source: str, target: str) -> bool:
    """Down, or within one's own room; the settings alone know where the embedded servers are."""
    if source == target:
        return True
    if APART in (source, target):
        return source == "koru.settings"
    return LEVEL[source] > LEVEL[target] or LEVEL[source] == len(FLOORS) - 1 == LEVEL[target]


def wrong(arrows: list[Arrow]) -> list[Arrow]:
    return [arrow for arrow in arrows if leans_wrongly(arrow)]


def leans_wrongly(arrow: Arrow) -> bool:
    source, target = room_of(arrow.source), room_of(arrow.target)
    return source is not None and target is not None and not may_lean(source, target)


def arrows_in(code: str, module: str, *, package: bool = False) -> list[Arrow]:
    """What a module imports, wherever in it the import stands."""
    nodes = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom))
    return [Arrow(module, name, node.lineno) for node in nodes for name in imported(node, module, package)]


def imported(node: ast.Import | ast.ImportFrom, module: str, package: bool) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    parts = module.split(".")
    here = parts[: len(parts) - node.level + package] if node.level else []
    base = ".".join([*here, *([node.module] if node.module else [])])
    yield from (f"{base}.{alias.name}" for alias in node.names)


def all_arrows() -> list[Arrow]:
    found: list[Arrow] = []
    for file in modules():
        package = file.name == "__init__.py"
        path = (file.parent if package else file.with_suffix("")).relative_to(ROOT)
        found += arrows_in(file.read_text(), ".".join(path.parts), package=package)
    return found


def modules() -> list[Path]:
    tops = ("koru", "journaling", "moodtracking", "scheduling")
    return sorted(file for top in tops for file in (ROOT / top).rglob("*.py"))
