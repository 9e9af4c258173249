"""As much of YAML as deploy/ is written in, and an error for anything more: no YAML reader is among the packages."""

import json
import re
from typing import Any

KEY = re.compile(r"^([\w./<-]+):(?:\s+(.*))?$")
WHOLE = re.compile(r"-?\d+")
Line = tuple[int, str]


class Unread(ValueError):
    """Something that this reader doesn't know, or that YAML doesn't allow."""


def documents(text: str) -> list[Any]:
    return [Reader(part).whole() for part in re.split(r"^---$", text, flags=re.M) if lines_of(part)]


def lines_of(text: str) -> list[Line]:
    bare = (line.rstrip() for line in text.splitlines())
    return [(len(line) - len(line.lstrip()), line.strip()) for line in bare if line.strip() and not line.strip().startswith("#")]


class Reader:
    """One document, line by line."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.anchors: dict[str, Any] = {}

    def whole(self) -> Any:
        found = self.block()
        if self.lines:
            raise Unread(f"not where it may stand: {self.lines[0]}")
        return found

    def block(self) -> Any:
        indent, content = self.lines[0]
        return self.items(indent) if content.startswith("- ") or content == "-" else self.pairs(indent)

    def items(self, indent: int) -> list[Any]:
        found = []
        while self.lines and self.lines[0][0] == indent and self.lines[0][1].startswith("- "):
            rest = self.lines[0][1][2:].strip()
            if KEY.match(rest):
                self.lines[0] = (indent + 2, rest)
                found.append(self.block())
            else:
                self.lines.pop(0)
                found.append(scalar(rest))
        return found

    def pairs(self, indent: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        while self.lines and self.lines[0][0] == indent and not self.lines[0][1].startswith("- "):
            key, rest = self.key()
            if key in found:
                raise Unread(f"{key} stands there twice")
            value = self.value(rest, indent)
            if key == "<<":
                merged = value
            else:
                found[key] = value
        return {**merged, **found}

    def key(self) -> tuple[str, str]:
        match = KEY.match(self.lines.pop(0)[1])
        if match is None:
            raise Unread("neither an item nor a key")
        return match[1], (match[2] or "").strip()

    def value(self, rest: str, indent: int) -> Any:
        if rest.startswith("*"):
            return self.anchors[rest[1:]]
        if rest and not rest.startswith("&"):
            return scalar(rest)
        found = self.below(indent)
        if rest:
            self.anchors[rest[1:]] = found
        return found

    def below(self, indent: int) -> Any:
        """What is indented further, or a list at the same depth."""
        if self.lines and (self.lines[0][0] > indent or (self.lines[0][0] == indent and self.lines[0][1].startswith("- "))):
            return self.block()
        return None


def scalar(word: str) -> Any:
    if word[:1] in ('"', "[", "{"):
        return json.loads(word)
    if ": " in word or " #" in word or word[:1] in "'|>&*!%@`":
        raise Unread(f"to be written in quotes: {word}")
    if word in ("true", "false"):
        return word == "true"
    return int(word) if WHOLE.fullmatch(word) else word
