"""As much of Helm's templates as the chart is written in, and an error for anything more: values, include, if, quote, nindent.

Not Helm itself, which is no Python package: docs/operations.md says what is checked by what.
"""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from tests.stack.running import ROOT

CHART = ROOT / "deploy" / "chart"
ACTION = re.compile(r"(\s*\{\{-|\{\{)\s*(.*?)\s*(-\}\}\s*|\}\})", re.S)
Piece = tuple[bool, str]  # whether it is an action, and its words


class Unknown(ValueError):
    """Something of Helm's that this renderer doesn't do."""


def documents(text: str) -> list[Any]:
    return [one for one in yaml.safe_load_all(text) if one]


def values(**changed: Any) -> dict[str, Any]:
    (given,) = documents((CHART / "values.yaml").read_text())
    return {**given, **changed}


def rendered(**changed: Any) -> list[Any]:
    """All manifests, as Kubernetes would be given them."""
    chart = Chart({"Values": values(**changed), "Release": {"Name": "clinic"}})
    for file in sorted((CHART / "templates").glob("*.tpl")):
        chart.run(pieces(file.read_text()))
    return [
        one for file in sorted((CHART / "templates").glob("*.yaml")) for one in documents(chart.run(pieces(file.read_text())))
    ]


def pieces(text: str) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for match in ACTION.finditer(text):
        found += [(False, text[at : match.start()]), (True, match[2])]
        at = match.end()
    return [*found, (False, text[at:])]


class Chart:
    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.named: dict[str, list[Piece]] = {}

    def run(self, left: list[Piece]) -> str:
        said, left = "", list(left)
        while left:
            action, words = left.pop(0)
            if not action:
                said += words
            elif words.startswith("define "):
                self.named[json.loads(words[7:])] = inner(left)
            elif words.startswith("if "):
                inside = inner(left)
                said += self.run(inside) if self.asked(words[3:]) else ""
            else:
                said += str(self.asked(words))
        return said

    def asked(self, words: str) -> Any:
        first, *filters = (one.strip() for one in words.split("|"))
        value = self.first(first)
        for one in filters:
            value = filtered(one, value)
        return value

    def first(self, words: str) -> Any:
        if match := re.fullmatch(r'include ("[\w.]+") \.', words):
            return self.run(self.named[json.loads(match[1])])
        if not re.fullmatch(r"(\.\w+)+", words):
            raise Unknown(words)
        value: Any = self.given
        for name in words[1:].split("."):
            value = value[name]
        return value


def inner(left: list[Piece]) -> list[Piece]:
    """What stands before the matching end, taken from what is left."""
    found: list[Piece] = []
    depth = 0
    while left:
        piece = left.pop(0)
        action, words = piece
        depth += action and words.startswith(("if ", "define "))
        if action and words == "end":
            if depth == 0:
                return found
            depth -= 1
        found.append(piece)
    raise Unknown("no end")


def filtered(words: str, value: Any) -> str:
    if words == "quote":
        return json.dumps(str(value))
    if match := re.fullmatch(r"nindent (\d+)", words):
        return "\n" + "\n".join(" " * int(match[1]) + line for line in str(value).splitlines())
    raise Unknown(words)


def files() -> list[Path]:
    return sorted(one for one in (ROOT / "deploy").rglob("*") if one.is_file() and "__pycache__" not in one.parts)
