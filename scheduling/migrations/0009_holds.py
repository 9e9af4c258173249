"""A hold is somebody's, lasts twenty minutes at most, and is the only one of theirs."""

import datetime

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0008_booking_wishes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True),
                    models.Q(
                        ("booked_by__isnull", False),
                        (
                            "held_until__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("booked_at"), "+", models.Value(datetime.timedelta(seconds=1200))
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_hold_is_somebodys_and_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "held")), fields=("booked_by",), name="one_hold_a_person"
            ),
        ),
    ]
