"""Two taps, tabs or devices at the very same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from koru.safety.flags import Flag
from koru.sealing.keyring import keyring
from moodtracking.measures.measuring import answer, begin, finish
from moodtracking.measures.models import Response

from .world import Pair, assigned, begun, fresh, make_pair

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def pair() -> Pair:
    made = make_pair()
    assigned(made)
    return made


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    def run(deed: Callable[[], Any]) -> Any:
        try:
            with keyring():
                return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_eight_beginnings_are_one(pair: Pair) -> None:
    found = at_once([lambda: begin("phq-9", by=pair[0], key=uuid4()) for _ in range(8)])
    assert len({row.pk for row in found}) == 1
    assert Response.objects.count() == 1


def test_different_items_at_once_are_all_kept(pair: Pair) -> None:
    row = begun(pair[0])
    at_once([partial(answer, row.pk, str(item), 2, by=pair[0]) for item in range(1, 9)])
    assert fresh(row.pk).given == {str(item): 2 for item in range(1, 9)}


def test_item_nine_at_once_from_two_devices_is_one_flag(pair: Pair) -> None:
    row = begun(pair[0])
    at_once([lambda: answer(row.pk, "9", 2, by=pair[0]) for _ in range(4)])
    assert Flag.objects.count() == 1


def test_finishing_twice_at_once_is_once(pair: Pair) -> None:
    row = begun(pair[0])
    answer(row.pk, "1", 1, by=pair[0])
    at_once([lambda: finish(row.pk, by=pair[0]) for _ in range(4)])
    assert (Response.objects.count(), fresh(row.pk).state) == (1, "completed")
