"""A private address behind which one's own calendar program finds one's own appointments."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_where_the_two_are"),
        ("scheduling", "0012_times_of_the_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar_feed",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token", koru.sealing.fields.SealedTextField(default=b"", owner="person_id")),
                ("token_hash", models.CharField(db_comment="plain: look-up of a random token", max_length=64, unique=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
    ]
