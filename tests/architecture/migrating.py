"""What a migration may not do to a running clinic without saying why: what the test beside it looks for.

People write while it runs, and the release before runs beside it. One that has to do it all the same says so in its class:
`lock_reason = "…"`. Older ones are named in `migrations_before.txt`, made by `python -m tests.architecture.migrating`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelTable,
    AlterUniqueTogether,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

ROOMS = ("koru", "journaling", "moodtracking", "scheduling")
BEFORE = Path(__file__).with_name("migrations_before.txt")
OLD_CODE = "the release that still runs knows it by that name: leave it for a later release"
GONE = (RemoveField, RenameField, DeleteModel, RenameModel, AlterModelTable)
SAFE = (AddConstraintNotValid, AddIndexConcurrently)
BODIES = re.compile(r"\$(\w*)\$.*?\$\1\$", re.S)
BY_WORDS = {
    r"\bSET\s+NOT\s+NULL\b": "NOT NULL reads the whole table behind a lock: a check that is NOT VALID first",
    r"\bDROP\s+(COLUMN|TABLE)\b|\bRENAME\b": OLD_CODE,
    r"\bCREATE\s+(UNIQUE\s+)?INDEX\b(?!\s+CONCURRENTLY)": "an index stops all writes: CONCURRENTLY",
    r"\bADD\s+CONSTRAINT\b(?![^;]*\bNOT\s+VALID\b)": "a constraint reads the whole table behind a lock: NOT VALID first",
}
MOVES = re.compile(r"^\s*(UPDATE|DELETE\s+FROM|INSERT\s+INTO)\b", re.I | re.M)
MOVED = "rows are moved in the transaction of the schema: a migration of its own"


def complaints(migration: Migration, before: ProjectState) -> list[str]:
    """What is wrong with it, in words. Tables made in it are nobody's yet, and everything may be done to them."""
    if len(getattr(migration, "lock_reason", "")) > 20:
        return []
    operations = list(flat(migration.operations))
    fresh = {one.name_lower for one in operations if isinstance(one, CreateModel)}
    tables = {f"{migration.app_label}_{name}" for name in fresh}
    found = [said for one in operations for said in of_one(one, migration.app_label, before, fresh, tables)]
    return [*found, *([MOVED] if moves_rows(migration, operations) else [])]


def flat(operations: Any) -> Iterator[Any]:
    for one in operations:
        if isinstance(one, SeparateDatabaseAndState):
            yield from flat(one.database_operations)
        else:
            yield one


def of_one(one: Any, app: str, before: ProjectState, fresh: set[str], tables: set[str]) -> Iterator[str]:
    if isinstance(one, RunSQL):
        yield from by_words(one, tables)
    elif getattr(one, "model_name_lower", "") in fresh or isinstance(one, SAFE):
        return
    elif isinstance(one, GONE):
        yield OLD_CODE
    elif isinstance(one, AddField | AlterField):
        yield from of_field(one, app, before)
    elif isinstance(one, AddIndex | AddConstraint | AlterUniqueTogether):
        yield f"{type(one).__name__} holds a lock: Concurrently for an index, NotValid for a constraint"


def of_field(one: Any, app: str, before: ProjectState) -> Iterator[str]:
    """A column that has to hold something, of which the release before knows nothing."""
    field = one.field
    if field.many_to_many:
        return
    filled = field.null or field.db_default is not NOT_PROVIDED
    if isinstance(one, AddField) and not filled:
        yield f"{one.name} is NOT NULL without a default of the database's own: the release before can't insert"
    if isinstance(one, AlterField):
        was = before.models[app, one.model_name_lower].fields[one.name]
        if was.null and not field.null:
            yield f"{one.name} becomes NOT NULL, which reads the whole table behind a lock"
        if was.get_internal_type() != field.get_internal_type():
            yield f"{one.name} gets another type, which writes the whole table anew"


def by_words(one: RunSQL, tables: set[str]) -> Iterator[str]:
    words = BODIES.sub("", one.sql if isinstance(one.sql, str) else " ".join(map(str, one.sql)))
    for statement in words.split(";"):
        if not any(re.search(rf"\b{table}\b", statement) for table in tables):
            yield from (said for pattern, said in BY_WORDS.items() if re.search(pattern, statement, re.I | re.S))


def moves_rows(migration: Migration, operations: list[Any]) -> bool:
    """Beside other operations, in one transaction with them."""
    moves = [one for one in operations if isinstance(one, RunPython) or (isinstance(one, RunSQL) and moved_by(one))]
    return migration.atomic and bool(moves) and len(moves) < len(operations)


def moved_by(one: RunSQL) -> bool:
    return bool(MOVES.search(BODIES.sub("", one.sql if isinstance(one.sql, str) else "")))


def loaded() -> MigrationLoader:
    return MigrationLoader(None)


def names(loader: MigrationLoader) -> list[str]:
    return sorted(f"{app}.{name}" for (app, name), one in loader.disk_migrations.items() if one.__module__.startswith(ROOMS))


if __name__ == "__main__":
    import django

    django.setup()
    BEFORE.write_text("\n".join(names(loaded())) + "\n")
