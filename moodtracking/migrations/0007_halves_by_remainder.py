"""Hours of sleep stay halves, said so that a dump says it too: PostgreSQL writes a method upon brackets without them.

`(@ * 2).floor()` comes out of pg_dump as `@ * 2.floor()`, which nothing reads: no dump of the database could be restored.
"""

from django.db import migrations

TABLE = "ALTER TABLE moodtracking_checkin"
OLD = "NOT jsonb_path_exists(answers, '$.sleep_hours ? (@ < 0 || @ > 14 || (@ * 2) != (@ * 2).floor())')"
NEW = "NOT jsonb_path_exists(answers, '$.sleep_hours ? (@ < 0 || @ > 14 || @ % 0.5 != 0)')"


def swap(there: str, instead: str, rule: str) -> str:
    """Three statements of their own, so that the table is read through while it is shut for none but a moment."""
    return f"""
        {TABLE} ADD CONSTRAINT {instead} CHECK ({rule}) NOT VALID;
        {TABLE} VALIDATE CONSTRAINT {instead};
        {TABLE} DROP CONSTRAINT {there};
    """


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("moodtracking", "0006_turns")]

    operations = [
        migrations.RunSQL(
            swap("hours_of_sleep_are_halves", "sleep_in_half_hours", NEW),
            swap("sleep_in_half_hours", "hours_of_sleep_are_halves", OLD),
        )
    ]
