"""What a client did and said of practices, what they set aside, what their therapist picked, and what they chose."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0005_a_clinic_closes_days_or_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeChoices",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="practice_choices",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("suggests", models.BooleanField(default=True)),
                ("shares", models.BooleanField(default=True)),
                (
                    "cautions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_comment="plain: slugs of content/practices.toml", max_length=20),
                        blank=True,
                        db_comment="plain: slugs of cautions in content/practices.toml",
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "choices",
            },
        ),
        migrations.CreateModel(
            name="PracticeAside",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("practice", models.SlugField(db_comment="plain: which practice", max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "set aside",
                "indexes": [models.Index(fields=["client", "practice", "-at"], name="practices_aside_by_client")],
            },
        ),
        migrations.CreateModel(
            name="PracticeDone",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("practice", models.SlugField(db_comment="plain: which practice", max_length=40)),
                ("at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "helped",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("a_bit", "A bit"), ("not_really", "Not really"), ("harder", "Made it harder")],
                        db_comment="plain: one of four answers, so that they can be counted",
                        max_length=10,
                    ),
                ),
                ("key", models.UUIDField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="practices_done", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "done",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["client", "-at"], name="practices_done_by_client")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("helped__in", ["", "yes", "a_bit", "not_really", "harder"])),
                        name="practice_helped_is_known",
                    ),
                    models.UniqueConstraint(fields=("client", "key"), name="one_practice_a_form"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticePick",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("practice", models.SlugField(db_comment="plain: which practice", max_length=40)),
                ("sentence", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("any", "At any time"),
                            ("morning", "In the morning"),
                            ("evening", "In the evening"),
                            ("before", "Before a session"),
                            ("after", "In the weeks after a session"),
                            ("between", "In between"),
                        ],
                        db_comment="plain: when it is for",
                        default="any",
                        max_length=8,
                    ),
                ),
                ("picked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("key", models.UUIDField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="practice_picks", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "picked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("moment__in", ["any", "morning", "evening", "before", "after", "between"])),
                        name="pick_moment_is_known",
                    ),
                    models.UniqueConstraint(fields=("client", "key"), name="one_pick_a_form"),
                    models.UniqueConstraint(
                        condition=models.Q(("declined_at", None), ("ended_at", None)),
                        fields=("client", "practice"),
                        name="a_practice_is_picked_once",
                    ),
                ],
            },
        ),
    ]
