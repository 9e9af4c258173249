"""A course: what it is made of, what is proposed to somebody, and its dates once they are booked."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0018_trusted_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseTemplate",
            fields=[
                (
                    "slug",
                    models.SlugField(db_comment="content: its short name", max_length=30, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(db_comment="content: what it is called", max_length=60)),
                (
                    "words",
                    models.CharField(blank=True, db_comment="content: what it is, for those who choose it", max_length=300),
                ),
                ("clients_may_propose", models.BooleanField(default=False)),
                ("is_offered", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("booked", "Booked")],
                        db_comment="plain: proposed or booked",
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("from_day", models.DateField()),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("booked_at", models.DateTimeField(blank=True, null=True)),
                ("key", models.UUIDField(blank=True, null=True)),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="courses", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "therapist",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scheduling.coursetemplate"
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at"],
            },
        ),
        migrations.CreateModel(
            name="CourseDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "place",
                    models.CharField(
                        choices=[("room", "Here, in a room"), ("video", "By video"), ("phone", "By phone")],
                        db_comment="plain: room, video or phone",
                        max_length=10,
                    ),
                ),
                ("start", models.DateTimeField()),
                ("changed", models.BooleanField(default=False)),
                ("waived_why", models.CharField(blank=True, db_comment="plain: one of a short list of reasons", max_length=30)),
                (
                    "appointment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="course_date",
                        to="scheduling.appointment",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="scheduling.course"),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="scheduling.coursedate",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scheduling.appointmentkind"
                    ),
                ),
                (
                    "waived_by",
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
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("course", "position"), name="one_course_date_a_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("waived_by", None), ("waived_why", "")),
                            models.Q(("waived_by__isnull", False), models.Q(("waived_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_waiver_has_a_name_and_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waived_by", None), ("follows__isnull", False), _connector="OR"),
                        name="what_follows_can_be_waived",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "times",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)],
                    ),
                ),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(180)], verbose_name="days, at least"
                    ),
                ),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        default=14, validators=[django.core.validators.MaxValueValidator(180)], verbose_name="days, at most"
                    ),
                ),
                (
                    "grows_by",
                    models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(60)]),
                ),
                (
                    "spaced",
                    models.BooleanField(default=False, help_text="Where a spacing in weeks is agreed on, it is kept here."),
                ),
                (
                    "followed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scheduling.appointmentkind",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scheduling.appointmentkind"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="scheduling.coursetemplate"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("template", "position"), name="one_step_a_position"),
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1), ("times__lte", 12)), name="step_happens_once_to_twelve_times"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least__lte", models.F("most")), ("most__lte", 180)), name="step_gap_is_a_span"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("client",), name="one_proposed_course_a_client"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "booked"), _negated=True), ("booked_at__isnull", False), _connector="OR"),
                name="a_booked_course_says_when",
            ),
        ),
    ]
