"""Questions that are built once: what is exchanged, what is refused, and several of them in one round trip."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from koru.moments.questions import Question, Together, prepared
from koru.people.models import Person
from moodtracking.models import CheckIn
from tests.care.world import check_in
from tests.people import make_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pooled")]


@pytest.fixture(params=[False, True], ids=["prepared", "behind a pooler"])
def pooled(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Both ways to ask: prepared on the connection, and with nothing left on it."""
    settings.KORU_POOLED = request.param


def about(client: Person, since: datetime) -> "tuple[QuerySet[Any, Any], ...]":
    own = Person.objects.filter(pk=client.pk).values_list("display_name", "zone")
    return own, CheckIn.objects.filter(client=client, at__gte=since).order_by("-at").values_list("id", "at")


def test_answers_come_as_rows_in_the_order_they_were_asked_in(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, now = make_client(), timezone.now()
    rows = [check_in(client, now - timedelta(hours=hours)) for hours in (1, 2, 3, 30)]
    with django_assert_num_queries(1):
        own, told = Together(about)(client, now - timedelta(days=1))
    assert own == [(client.display_name, client.zone)]
    assert told == [(row.pk, row.at) for row in rows[:3]]


def test_the_question_of_one_client_answers_with_the_next_ones_rows_alone() -> None:
    together, now = Together(about), timezone.now()
    one, other = make_client(), make_client()
    mine, theirs = check_in(one, now - timedelta(hours=1)), check_in(other, now - timedelta(hours=2))
    since = now - timedelta(days=1)
    assert [row[0] for row in together(one, since)[1]] == [mine.pk]
    assert [row[0] for row in together(other, since)[1]] == [theirs.pk]
    assert together(other, now)[1] == []


def test_nothing_found_is_no_rows() -> None:
    assert Together(about)(make_client(), timezone.now())[1] == []


def test_an_instant_that_would_stay_the_first_one_is_refused() -> None:
    now = timezone.now()
    with pytest.raises(ValueError, match="was not given"):
        Question.of(CheckIn.objects.filter(at__gt=now - timedelta(days=2)), (now,))


def test_two_equal_instants_are_answered_but_not_kept_as_the_question() -> None:
    def between(client: Person, start: datetime, end: datetime) -> "tuple[QuerySet[Any, Any], ...]":
        return (CheckIn.objects.filter(client=client, at__gte=start, at__lt=end).values_list("id"),)

    together, client, now = Together(between), make_client(), timezone.now()
    row = check_in(client, now - timedelta(hours=1))
    assert together(client, now, now) == [[]]
    assert together(client, now - timedelta(days=1), now) == [[(row.pk,)]]


def test_behind_a_pooler_nothing_is_left_on_the_connection(pooled: None, settings: Settings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        prepared.clear()
        Together(about)(make_client(), timezone.now())
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0 if settings.KORU_POOLED else 1,)
