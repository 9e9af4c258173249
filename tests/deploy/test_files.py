"""The compose file and the image: the same rules as the chart's, and nothing secret in any file of deploy/."""

import re
from typing import Any

import pytest

from koru.settings.environment import VARIABLES
from tests.stack.running import ROOT

from .rendering import documents, files

(COMPOSE,) = documents((ROOT / "deploy" / "compose.yaml").read_text())
OURS = ("web", "worker", "beat", "migrate")
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
RUNS = DOCKERFILE.split("\nFROM ")[-1]


@pytest.mark.parametrize("name", OURS)
def test_a_service_is_nobody_and_writes_nowhere_but_where_it_says(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_it_begins_when_the_migrations_have_ended_well(name: str) -> None:
    assert COMPOSE["services"][name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert COMPOSE["services"]["migrate"]["restart"] == "no"


def test_nothing_is_open_to_the_world_but_the_web_behind_its_proxy() -> None:
    ports: dict[str, Any] = {name: one["ports"] for name, one in COMPOSE["services"].items() if "ports" in one}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_the_image_runs_as_nobody_with_the_locked_packages_and_no_secret() -> None:
    assert re.search(r"^USER 10001:10001$", RUNS, re.M)
    assert "--require-hashes" in DOCKERFILE
    assert "requirements/app.txt" in DOCKERFILE
    assert not re.search(r"^(ENV|ARG).*(SECRET|KEK|PASSWORD|DATABASE_URL)", RUNS, re.M)
    assert RUNS.index("USER ") > RUNS.rindex("RUN ")


def test_the_example_names_settings_that_there_are() -> None:
    lines = (ROOT / "deploy" / "koru.env.example").read_text().splitlines()
    named = {line.split("=", 1)[0] for line in lines if line and not line.startswith("#")}
    assert named <= {variable.name for variable in VARIABLES}


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_no_file_holds_something_like_a_key(file: Any) -> None:
    """32 bytes as base64, or a filled-in secret."""
    words = file.read_text()
    assert not re.search(r"[A-Za-z0-9+/]{43}=", words)
    assert not re.search(r"^KORU_(SECRET_KEY|KEK)=\S", words, re.M)
