"""A clinic may close for some hours of a day, and says which day its week begins with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_where_the_two_are"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="closedday",
            options={"ordering": ["on", "shut_from"]},
        ),
        migrations.RemoveConstraint(
            model_name="closedday",
            name="a_day_is_closed_once",
        ),
        migrations.AddField(
            model_name="clinic",
            name="week_starts",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "Monday"), (7, "Sunday")], default=1, help_text="Which day comes first where a week is shown."
            ),
        ),
        migrations.AddField(
            model_name="closedday",
            name="shut_from",
            field=models.TimeField(blank=True, null=True, verbose_name="closed from"),
        ),
        migrations.AddField(
            model_name="closedday",
            name="shut_until",
            field=models.TimeField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(condition=models.Q(("week_starts__in", [1, 7])), name="a_week_starts_on_a_day"),
        ),
        migrations.AddConstraint(
            model_name="closedday",
            constraint=models.UniqueConstraint(
                fields=("clinic", "on", "shut_from", "shut_until"), name="a_day_is_closed_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="closedday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shut_until", None),
                    models.Q(("shut_from__isnull", False), ("shut_until__gt", models.F("shut_from"))),
                    _connector="OR",
                ),
                name="a_closing_ends_after_it_begins",
                violation_error_message="Give a start before the end.",
            ),
        ),
        # a table without hours can't hold a closing of some hours
        migrations.RunSQL(migrations.RunSQL.noop, "DELETE FROM people_closedday WHERE shut_from IS NOT NULL"),
    ]
