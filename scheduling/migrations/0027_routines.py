"""Routines: tiny things tied to something that happens anyway, the days they were done, a word for a week."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_a_clinic_closes_days_or_hours"),
        ("scheduling", "0026_who_sits_in_was_changed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Routine",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("cue", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("action", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("smallest", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[("", "At any time"), ("morning", "In the morning"), ("evening", "In the evening")],
                        db_comment="plain: the part of the day that it fits",
                        max_length=10,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("look_on", models.DateField()),
                ("since", models.DateTimeField()),
                ("rests_since", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("remind_at", models.TimeField(blank=True, null=True)),
                (
                    "remind_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("key", models.UUIDField(blank=True, null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="routines", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RoutineChange",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("begun", "Begun"),
                            ("changed", "Changed"),
                            ("kept", "Kept"),
                            ("smaller", "Made smaller"),
                            ("rested", "Laid to rest"),
                            ("taken_up", "Taken up again"),
                            ("let_go", "Let go"),
                        ],
                        db_comment="plain: kept, made smaller, let go …",
                        max_length=10,
                    ),
                ),
                ("words", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="scheduling.routine"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RoutineChoice",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_shared", models.BooleanField(default=True)),
                (
                    "asks_on",
                    models.PositiveSmallIntegerField(blank=True, choices=[(1, "On Monday"), (7, "On Sunday evening")], null=True),
                ),
                ("back_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asks_on", None), ("asks_on__in", [1, 7]), _connector="OR"),
                        name="a_weeks_word_is_asked_on",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutineMark",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[("done", "Did it"), ("smallest", "Smallest version"), ("rested", "Rested today")],
                        db_comment="plain: did it, the smallest version, or rested",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "routine",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="scheduling.routine"),
                ),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="WeekWord",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField()),
                ("word", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("moment", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["-week"],
            },
        ),
        migrations.AddConstraint(
            model_name="routine",
            constraint=models.UniqueConstraint(
                condition=models.Q(("place__isnull", False)), fields=("client", "place"), name="one_routine_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="routine",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", None), models.Q(("place__gte", 1), ("place__lte", 3)), _connector="OR"),
                name="three_routines_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="routine",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("place__isnull", False), ("rests_since", None)),
                    models.Q(
                        ("place", None), models.Q(("rests_since__isnull", False), ("ended_at__isnull", False), _connector="OR")
                    ),
                    _connector="OR",
                ),
                name="a_routine_is_active_or_rests",
            ),
        ),
        migrations.AddConstraint(
            model_name="routine",
            constraint=models.CheckConstraint(
                condition=models.Q(("remind_days__contained_by", [1, 2, 3, 4, 5, 6, 7])), name="routine_notes_on_weekdays"
            ),
        ),
        migrations.AddConstraint(
            model_name="routine",
            constraint=models.CheckConstraint(
                condition=models.Q(("remind_days__len__lte", 3)), name="three_notes_a_week_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="routine",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key__isnull", False)), fields=("client", "key"), name="one_routine_a_key"
            ),
        ),
        migrations.AddIndex(
            model_name="routinemark",
            index=models.Index(fields=["client", "day"], name="marks_of_a_client"),
        ),
        migrations.AddConstraint(
            model_name="routinemark",
            constraint=models.UniqueConstraint(fields=("routine", "day"), name="one_mark_a_day"),
        ),
        migrations.AddConstraint(
            model_name="routinemark",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["done", "smallest", "rested"])), name="a_mark_says_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="weekword",
            constraint=models.UniqueConstraint(fields=("client", "week"), name="one_word_a_week"),
        ),
        migrations.AddConstraint(
            model_name="weekword",
            constraint=models.CheckConstraint(condition=models.Q(("week__week_day", 2)), name="a_week_begins_on_monday"),
        ),
    ]
