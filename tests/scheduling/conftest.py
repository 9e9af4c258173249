from collections.abc import Callable

import pytest
import time_machine

from .practice import NOON, Practice, make_practice


@pytest.fixture
def practice(db: None, clock: Callable[[str], time_machine.Traveller]) -> Practice:
    """It is Tuesday 24 November 2026, noon in New York."""
    clock(NOON)
    return make_practice()
