import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("measure", models.SlugField(db_comment="plain: slug of content/, as phq-9", max_length=40)),
                ("form", models.SlugField(db_comment="plain: which form of it, as monthly", max_length=20)),
                ("schedule", models.SlugField(db_comment="plain: key of content/schedules.toml", max_length=40)),
                ("threshold", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "shows",
                    models.CharField(
                        choices=[
                            ("none", "Only that it is saved"),
                            ("words", "A sentence, and the number"),
                            ("bands", "A sentence, the number and the band"),
                        ],
                        db_comment="plain: what the client reads at its end",
                        default="words",
                        max_length=5,
                    ),
                ),
                ("begins_on", models.DateField()),
                ("assigned_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assigned_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assigned_measures", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["assigned_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Offering",
            fields=[
                (
                    "slug",
                    models.SlugField(
                        db_comment="plain: slug of content/, as phq-9", max_length=40, primary_key=True, serialize=False
                    ),
                ),
                ("is_on", models.BooleanField(default=False, verbose_name="may be used")),
                ("cut_point", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "licence_confirmed",
                    models.CharField(
                        blank=True,
                        db_comment="content: how its use was found to be allowed, in the clinic's words",
                        max_length=200,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("measure", models.SlugField(db_comment="plain: slug of content/, as phq-9", max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("form", models.SlugField(db_comment="plain: which form of it, as monthly", max_length=20)),
                ("language", models.CharField(db_comment="plain: language of its words", max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "In progress"), ("completed", "Filled in"), ("stopped", "Stopped")],
                        db_comment="plain: open, completed or stopped",
                        default="open",
                        max_length=9,
                    ),
                ),
                ("one_by_one", models.BooleanField(default=False)),
                ("answers", koru.sealing.fields.SealedJSONField(default=b"", owner="client_id")),
                ("taps", koru.sealing.fields.SealedJSONField(default=b"", owner="client_id")),
                ("asked_on", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("zone", models.CharField(db_comment="plain: the client's zone as they answered", max_length=64)),
                ("local_date", models.DateField(help_text="the client's day on which it was opened, and then that of its end")),
                ("total", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("band", models.CharField(blank=True, db_comment="plain: name of the band in that version", max_length=40)),
                ("answered", models.PositiveSmallIntegerField(default=0)),
                ("prorated", models.BooleanField(default=False)),
                ("threshold", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("key", models.UUIDField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="measures.assignment"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responses", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="measures.response",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("client", "measure"), name="a_measure_is_assigned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="measure_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["client", "measure", "-closed_at"], name="fills_newest"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("client", "measure"), name="one_open_fill_a_measure"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(fields=("client", "key"), name="one_fill_a_key"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), ("closed_at__isnull", False), _connector="XOR"), name="closed_has_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "completed"), models.Q(("band", ""), ("total", None)), _connector="OR"),
                name="only_completed_has_a_total",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("total", None), _negated=True), ("band", ""), _connector="OR"),
                name="no_band_without_a_total",
            ),
        ),
    ]
