"""What stays in the log when everything has been asked: pages by name, and nothing that names anybody."""

import io
import logging
from collections.abc import Iterator

import pytest

from koru.ui.logs import JsonLine

from .asking import address, ask
from .canaries import LEVELS, SIDES, canary
from .matrix import MATRIX
from .test_matrix import values, verbs
from .world import World

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "client A", "therapist A", "desk", "admin")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that reaches the log while the test runs."""
    kept, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(kept), root.level
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("role", ROLES)
def test_no_id_token_or_word_is_in_a_log(role: str, world: World, sessions: dict[str, str], lines: io.StringIO) -> None:
    for route in MATRIX:
        for verb in verbs(route):
            ask(sessions[role], verb, address(route, values(route, world.things["A"])))
    kept = lines.getvalue()
    assert kept.count("\n") > len(MATRIX)
    secrets = [world.people[name].email for name in ROLES[1:]]
    secrets += [*world.things["A"].values(), *(canary(level, side) for level in LEVELS for side in SIDES)]
    assert [secret for secret in secrets if secret in kept] == []
