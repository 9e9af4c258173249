"""The locks fit one another and the project, pin everything by hash, and tie nobody to an index."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+?)(?: ; .+)? \\$", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def pins(name: str) -> dict[str, str]:
    return {match[1]: match[2] for match in PIN.finditer(text(name))}


def bare(requirement: str) -> str:
    return re.split(r"[\[~=<>;! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize(("smaller", "larger"), [("app", "demo"), ("demo", "dev")])
def test_each_lock_is_part_of_the_next(smaller: str, larger: str) -> None:
    assert len(pins(smaller)) > 30
    assert pins(smaller).items() <= pins(larger).items()


@pytest.mark.parametrize("name", ["app", "demo", "dev", "uv"])
def test_everything_is_pinned_by_hash_and_no_index_is_named(name: str) -> None:
    parts = re.split(r"\n(?=\S)", text(name).strip())
    assert [part.splitlines()[0] for part in parts if "--hash=sha256:" not in part] == []
    assert "://" not in text(name)
    assert "--index" not in text(name)


def test_all_that_the_project_asks_for_is_locked_and_nothing_of_the_demo_in_production() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    demo = {bare(word) for word in project["optional-dependencies"]["demo"]}
    assert {bare(word) for word in project["dependencies"]} <= set(pins("app"))
    assert demo <= set(pins("demo"))
    assert not demo & set(pins("app"))


def test_what_is_installed_is_what_is_locked() -> None:
    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    wrong = {name: (locked, installed(name)) for name, locked in pins("dev").items() if installed(name) not in {locked, None}}
    assert wrong == {}
