"""The database refuses answers off their scale, whoever writes them."""

from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from moodtracking.models import CheckIn
from tests.moodtracking.days import told
from tests.people import make_client

pytestmark = pytest.mark.django_db
OFF = [
    {"mood": 4},
    {"mood": -4},
    {"mood": 0.5},
    {"mood": "1"},
    {"mood": None},
    {"mood": [1]},
    {"energy": 5},
    {"tension": -1},
    {"sleep_quality": 2.5},
    {"connectedness": 9},
    {"symptom:panic": 5},
    {"side_effect:nausea": 4},
    {"sleep_hours": 14.5},
    {"sleep_hours": 7.25},
    {"later": 1000},
    ["mood"],
    3,
]


@pytest.mark.parametrize("answers", OFF, ids=str)
def test_an_answer_off_its_scale_is_refused(answers: Any) -> None:
    row = told(make_client(), {"mood": 1})
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        CheckIn.objects.filter(pk=row.pk).update(answers=answers)


def test_every_end_of_every_scale_is_kept() -> None:
    person = make_client()
    told(person, {"mood": -3, "energy": 0, "sleep_hours": 0, "symptom:panic": 0, "side_effect:nausea": 0})
    told(person, {"mood": 3, "energy": 4, "sleep_hours": 13.5, "symptom:panic": 4, "side_effect:nausea": 3})
    told(person, {})
    assert CheckIn.objects.count() == 3
