"""Calendars that are read for therapists, and the spans in which they are busy elsewhere: nothing else of them is kept."""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0016_checklists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BusyCalendar",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("address", koru.sealing.fields.SealedTextField(default=b"", owner="therapist_id")),
                ("address_hash", models.CharField(db_comment="plain: tells whether an address is there already", max_length=64)),
                ("host", models.CharField(db_comment="plain: the server that it is read from", max_length=255)),
                ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("look_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True)),
                ("good_at", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreachable", "its server doesn’t answer"),
                            ("refused", "its server answers that there is nothing for this address"),
                            ("slow", "its server takes too long"),
                            ("too big", "there is more in it than we read"),
                            ("elsewhere", "its address leads to a place that we don’t read from"),
                            ("no calendar", "what is there is not a calendar"),
                        ],
                        db_comment="plain: one of a short list of reasons",
                        max_length=20,
                    ),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="busy_calendars", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BusySpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="scheduling.busycalendar"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="busycalendar",
            constraint=models.UniqueConstraint(fields=("therapist", "address_hash"), name="a_calendar_is_read_once"),
        ),
        migrations.AddConstraint(
            model_name="busycalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(("failing_since", None), models.Q(("why", ""), _negated=True), _connector="XOR"),
                name="failing_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="busyspan",
            index=django.contrib.postgres.indexes.GistIndex(fields=["during"], name="busy_elsewhere"),
        ),
    ]
