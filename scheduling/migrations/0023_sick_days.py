"""Sick days and the guide through them; an appointment can be given to another therapist."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0022_what_the_desk_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointmentchange",
            name="what",
            field=models.CharField(
                choices=[
                    ("booked", "Booked"),
                    ("moved", "Moved"),
                    ("handed", "Given to another therapist"),
                    ("cancelled", "Cancelled"),
                    ("arrived", "Arrived"),
                    ("started", "Started"),
                    ("ended", "Ended"),
                    ("missed", "Missed"),
                ],
                db_comment="plain: what was done",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("opens", models.TimeField(blank=True, null=True, verbose_name="from an hour on")),
                ("begun_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absences", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["first", "begun_at"],
            },
        ),
        migrations.AddField(
            model_name="availabilityexception",
            name="absence",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="days", to="scheduling.absence"
            ),
        ),
        migrations.CreateModel(
            name="Affected",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("starts", models.DateTimeField()),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="affected", to="scheduling.absence"
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scheduling.appointment"),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "affected",
                "ordering": ["starts", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="an_absence_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("back_at", None)), fields=("person", "first"), name="one_open_absence_a_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="affected",
            constraint=models.UniqueConstraint(fields=("absence", "appointment"), name="affected_once_an_absence"),
        ),
    ]
