"""Migrations after these are safe while people write and the release before runs, or say why they can't be."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState

from .migrating import BEFORE, complaints, loaded, names

CHECK = models.CheckConstraint(condition=models.Q(seq__gt=0), name="one")
INDEX = models.Index(fields=["seq"], name="two")


def test_each_migration_after_these_is_safe_under_load() -> None:
    loader, older = loaded(), set(BEFORE.read_text().split())
    wrong = {}
    for name in set(names(loader)) - older:
        app, own = name.split(".", 1)
        key = (app, own)
        before = loader.project_state(key, at_end=False)
        if said := complaints(loader.disk_migrations[key], before):
            wrong[name] = said
    assert wrong == {}


def test_the_older_ones_are_still_there() -> None:
    assert set(BEFORE.read_text().split()) <= set(names(loaded()))


def said(*given: Any, atomic: bool = True, reason: str = "") -> list[str]:
    own = {"operations": list(given), "atomic": atomic, "lock_reason": reason}
    return complaints(type("One", (Migration,), own)("9999_one", "privacy"), STATE)


STATE: ProjectState = loaded().project_state()
UNSAFE = {
    "a column that must be filled": operations.AddField("accesshead", "more", models.IntegerField(default=0)),
    "a column taken away": operations.RemoveField("accesshead", "seq"),
    "a column renamed": operations.RenameField("accesshead", "seq", "number"),
    "a table taken away": operations.DeleteModel("accesshead"),
    "an index": operations.AddIndex("accesshead", INDEX),
    "a constraint": operations.AddConstraint("accesshead", CHECK),
    "another type": operations.AlterField("accesshead", "seq", models.TextField()),
    "an index in words": operations.RunSQL("CREATE UNIQUE INDEX one ON privacy_accesshead (seq)"),
    "a constraint in words": operations.RunSQL("ALTER TABLE privacy_accesshead ADD CONSTRAINT one CHECK (seq > 0)"),
    "not null in words": operations.RunSQL("ALTER TABLE privacy_accesshead ALTER seq SET NOT NULL"),
    "a column dropped in words": operations.RunSQL("alter table privacy_accesshead\n drop column seq"),
}
SAFE = {
    "a column that may be empty": operations.AddField("accesshead", "more", models.IntegerField(null=True)),
    "a column the database fills": operations.AddField("accesshead", "more", models.IntegerField(db_default=0)),
    "an index beside writes": AddIndexConcurrently("accesshead", INDEX),
    "a constraint for new rows": AddConstraintNotValid("accesshead", CHECK),
    "the same in words": operations.RunSQL("ALTER TABLE privacy_accesshead ADD CONSTRAINT one CHECK (seq > 0) NOT VALID"),
    "a function that writes": operations.RunSQL("CREATE FUNCTION one() RETURNS trigger AS $$ BEGIN\nUPDATE x; END $$"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_what_would_stop_people_is_noticed_unless_it_says_why(what: str) -> None:
    assert said(UNSAFE[what])
    assert said(UNSAFE[what], reason="The table is empty until the release after this one.") == []
    assert said(UNSAFE[what], reason="because")


@pytest.mark.parametrize("what", SAFE)
def test_what_stops_nobody_passes(what: str) -> None:
    assert said(SAFE[what]) == []


def test_a_table_made_in_the_same_migration_is_nobodys_yet() -> None:
    fields: list[tuple[str, Any]] = [("id", models.BigAutoField(primary_key=True)), ("seq", models.IntegerField())]
    made = operations.CreateModel("fresh", fields)
    assert said(made, operations.AddIndex("fresh", INDEX), operations.AddConstraint("fresh", CHECK)) == []
    assert said(made, operations.RunSQL("CREATE INDEX one ON privacy_fresh (seq)")) == []


def test_rows_are_moved_in_a_migration_of_their_own() -> None:
    move, column = operations.RunPython(operations.RunPython.noop), SAFE["a column that may be empty"]
    words = operations.RunSQL("UPDATE privacy_accesshead SET seq = seq")
    for one in (move, words):
        assert said(column, one)
        assert said(one) == []
        assert said(column, one, atomic=False) == []


@pytest.mark.django_db
def test_every_migration_runs_within_time_limits_of_its_own() -> None:
    """Two seconds for a lock, a minute for a statement; and the limits of pages hold again afterwards."""
    asked: list[str] = []

    def heard(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(heard):
        call_command("migrate", verbosity=0)
    assert [words for words in asked if "timeout" in words] == [
        "SET lock_timeout = '2s'; SET statement_timeout = '60s'",
        "RESET lock_timeout; RESET statement_timeout",
    ]
