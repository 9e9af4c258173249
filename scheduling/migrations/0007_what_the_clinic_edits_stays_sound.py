"""A kind has a length and a grid, a room a zone that exists: what the clinic edits in the admin can't stop a page."""

import django.core.validators
from django.db import migrations, models

import koru.moments.zones


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0006_sessions_start_on_the_hour"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointmentkind",
            name="grid",
            field=models.PositiveSmallIntegerField(
                default=30,
                validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(240)],
            ),
        ),
        migrations.AlterField(
            model_name="appointmentkind",
            name="minutes",
            field=models.PositiveSmallIntegerField(
                validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(720)]
            ),
        ),
        migrations.AlterField(
            model_name="room",
            name="zone",
            field=models.CharField(
                db_comment="content: IANA zone where it stands",
                default="America/New_York",
                max_length=64,
                validators=[koru.moments.zones.real_zone],
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 720)), name="kind_lasts_five_minutes_to_half_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("grid__gte", 5), ("grid__lte", 240)), name="kind_starts_on_a_grid"
            ),
        ),
    ]
