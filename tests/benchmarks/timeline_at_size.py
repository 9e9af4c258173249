"""A year of a client with three busy years, among few clients and among ten times as many: how much slower it becomes.

By default among 100 and 1,000; `make bench NAME=timeline-window-at-size` takes 2,000 and 20,000, and some minutes.
"""

from datetime import timedelta

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from journaling.models import Entry
from koru.people.models import Person
from moodtracking.models import CheckIn
from tests.care.test_timeline_windows import many_years
from tests.care.world import write
from tests.people import ally, make_client, make_clinic, make_therapist

from .measuring import Result, in_turns
from .pages import answered
from .world import signed_in

FEW, MANY = (100, 1_000), (2_000, 20_000)
ROUNDS, GROWS = 120, 1.2
COPY = """
    INSERT INTO {table} ({columns})
    SELECT {values} FROM {table} AS one CROSS JOIN people_person AS other
    WHERE one.client_id = %s AND extract(doy FROM one.at)::int %% 5 = 0 AND other.id = ANY(%s)
"""
ANEW = {"id": "gen_random_uuid()", "key": "gen_random_uuid()", "client_id": "other.id"}


def window() -> Result:
    return _grown("timeline-window", *FEW)


def window_at_size() -> Result:
    return _grown("timeline-window-at-size", *MANY)


def _grown(name: str, few: int, many: int) -> Result:
    """Both halves are measured beside the bare view, so that what else the machine does falls out."""
    make_clinic()
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    many_years(client, therapist)
    now = timezone.now()
    for week in range(156):
        write(client, at=now - timedelta(weeks=week, hours=3))
    browser, path = signed_in(therapist), f"/care/{client.pk}/?zoom=year"

    def measured() -> tuple[float, float]:
        return in_turns(lambda: answered(browser, path), lambda: answered(browser, "/bare/"), ROUNDS)

    _beside(client, few)
    small, small_bare = measured()
    _beside(client, many - few)
    large, large_bare = measured()
    ratio = round((large / large_bare) / (small / small_bare), 3)
    return Result(name, round(large * 1000, 2), "ms", round(small * 1000, 2), ratio, f"<= {GROWS}", ratio <= GROWS)


def _beside(client: Person, number: int) -> None:
    """So many more clients, each with a fifth of what this one has."""
    start = Person.objects.count()
    others = [
        Person(email=f"beside{start + one}@example.org", display_name=f"Demo {start + one}", role="client")
        for one in range(number)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # loading is no part of what is measured, however slow the machine is
        Person.objects.bulk_create(others, batch_size=2_000)
        for model in (CheckIn, Entry):
            _copy(model, client, others)
        for tidying in ("VACUUM (ANALYZE)", "CHECKPOINT", "RESET statement_timeout"):  # or it is done while it is measured
            cursor.execute(tidying)


def _copy(model: type[Model], client: Person, others: list[Person]) -> None:
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(ANEW.get(column, f"one.{column}") for column in columns)
    sql = COPY.format(table=model._meta.db_table, columns=", ".join(columns), values=values)
    with connection.cursor() as cursor:
        for first in range(0, len(others), 2_000):
            cursor.execute(sql, [client.pk, [one.pk for one in others[first : first + 2_000]]])
