"""No page, content or script of this room counts days, praises, scolds or alarms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reading_rules import AVOIDED

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(
    r"\b(streaks?|badges?|in a row|personal best|you missed|missed days?|overdue|incomplete|keep it up|days? lost|level up|points"
    r"|because|caused? by|predict\w*|on track|failed)\b",
    re.IGNORECASE,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
PAGES = sorted((ROOT / "templates" / "moodtracking").rglob("*.html"))
CODE = [path for path in sorted((ROOT / "moodtracking").glob("*.py")) if path.name != "ranks.py"]


def shown_words(path: Path) -> str:
    return TAGS.sub(" ", path.read_text())


def strings(path: Path) -> Iterator[str]:
    """What a module may say to somebody: its strings, without docstrings."""
    tree = ast.parse(path.read_text())
    docs = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return (words for words in found if words not in docs and " " in words)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_counts_days_or_praises_or_scolds(path: Path) -> None:
    words = shown_words(path)
    assert not FORBIDDEN.findall(words)
    assert not AVOIDED.findall(words)
    assert "!" not in words


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_sentence_in_the_code_does(path: Path) -> None:
    assert [words for words in strings(path) if FORBIDDEN.search(words)] == []


def test_no_chart_is_red_or_green_by_meaning() -> None:
    """Charts use the ferns, and dusk for a session: clay, the colour of "please look", is in none of them."""
    css = (ROOT / "static" / "css" / "koru.css").read_text()
    rules = [rule for rule in re.findall(r"[^{}]*{[^{}]*}", css) if re.search(r"\.(c|d)-\w+", rule.split("{")[0])]
    assert len(rules) > 15
    assert not [rule for rule in rules if "clay" in rule or "straw" in rule]


def test_a_forbidden_word_is_noticed() -> None:
    assert FORBIDDEN.search("A streak of 7 days")
    assert FORBIDDEN.search("It was because of sleep")
