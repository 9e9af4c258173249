"""Two taps, tabs or devices at the very same moment."""

from functools import partial
from uuid import uuid4

import pytest

from koru.safety.flags import Flag
from moodtracking.measures.measuring import answer, begin, finish
from moodtracking.measures.models import Response
from tests.crowd import together

from .world import Pair, assigned, begun, fresh, make_pair

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair() -> Pair:
    made = make_pair()
    assigned(made)
    return made


def test_eight_beginnings_are_one(pair: Pair) -> None:
    found = together([lambda: begin("phq-9", by=pair[0], key=uuid4()) for _ in range(8)])
    assert {row.pk for row in found if isinstance(row, Response)} == {Response.objects.get().pk}
    assert len(found) == 8


def test_different_items_at_once_are_all_kept(pair: Pair) -> None:
    row = begun(pair[0])
    together([partial(answer, row.pk, str(item), 2, by=pair[0]) for item in range(1, 9)])
    assert fresh(row.pk).given == {str(item): 2 for item in range(1, 9)}


def test_item_nine_at_once_from_two_devices_is_one_flag(pair: Pair) -> None:
    row = begun(pair[0])
    together([lambda: answer(row.pk, "9", 2, by=pair[0]) for _ in range(4)])
    assert Flag.objects.count() == 1


def test_finishing_twice_at_once_is_once(pair: Pair) -> None:
    row = begun(pair[0])
    answer(row.pk, "1", 1, by=pair[0])
    together([lambda: finish(row.pk, by=pair[0]) for _ in range(4)])
    assert (Response.objects.count(), fresh(row.pk).state) == (1, "completed")
