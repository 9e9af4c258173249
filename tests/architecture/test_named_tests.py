"""Where a page of docs/ says which test shows something, there is such a test."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"`((?:[\w/]+\.py)?)::(\w+)`")
PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if NAME.search(page.read_text()))


def named(page: Path) -> list[tuple[str, str]]:
    """Each name with its file; `::name` alone is in the file that was named last."""
    found: list[tuple[str, str]] = []
    for file, name in NAME.findall(page.read_text()):
        found.append((file or found[-1][0], name))
    return found


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text()) if file.exists() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_there_are_pages_that_name_tests() -> None:
    assert [page.name for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_named_test_is_there(page: Path) -> None:
    assert [f"{file}::{name}" for file, name in named(page) if name not in names_in(ROOT / "tests" / file)] == []
