"""Places, second person, rest, caps, equipment and skills: kinds as data, and where each person is."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0009_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Equipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(db_comment="content: what it is called", max_length=60, unique=True)),
            ],
            options={
                "verbose_name_plural": "equipment",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("padded", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ],
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "Leads it"), ("second", "Sits in as second person")],
                        db_comment="plain: lead or second",
                        default="lead",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["person__display_name", "kind", "part"],
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="second_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sits_in_on",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="by_phone",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="by_video",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="daily_cap",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="For one therapist. Empty: as many as fit.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(48)],
                verbose_name="at most a day",
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="in_room",
            field=models.BooleanField(default=True, verbose_name="in a room"),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="needs_escort",
            field=models.BooleanField(
                default=False,
                help_text="Who takes the client home is asked for, and again before the day.",
                verbose_name="asks for a way home",
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="needs_fasting",
            field=models.BooleanField(
                default=False,
                help_text="On the day it is asked whether the rule about food and drink was kept.",
                verbose_name="asks about food",
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="price_words",
            field=models.CharField(
                blank=True,
                db_comment="content: what it costs, in words",
                help_text="What it costs, in words. Shown where somebody books it.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="rest_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Days from one to the next for the same client, by the calendar: 1 is the next day, 7 a week later.",
                validators=[django.core.validators.MaxValueValidator(180)],
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="rest_hours",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Hours between the end of one and the start of the next for the same client.",
                validators=[django.core.validators.MaxValueValidator(2160)],
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="second_person",
            field=models.CharField(
                choices=[("none", "Nobody"), ("optional", "Where somebody is named"), ("required", "Always")],
                db_comment="plain: none, optional or required",
                default="none",
                help_text="Who may be that person is said under skills.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="appointmentkind",
            name="after",
            field=models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MaxValueValidator(240)]),
        ),
        migrations.AlterField(
            model_name="appointmentkind",
            name="before",
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(240)]),
        ),
        migrations.AlterField(
            model_name="appointmentkind",
            name="change_hours",
            field=models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MaxValueValidator(2160)]),
        ),
        migrations.AlterField(
            model_name="appointmentkind",
            name="horizon_days",
            field=models.PositiveSmallIntegerField(
                default=60,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)],
            ),
        ),
        migrations.AlterField(
            model_name="appointmentkind",
            name="lead_hours",
            field=models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MaxValueValidator(2160)]),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_person", models.F("therapist")), _negated=True), name="second_person_is_another"
            ),
        ),
        migrations.AddField(
            model_name="appointmentkind",
            name="equipment",
            field=models.ManyToManyField(
                blank=True,
                help_text="It takes place in rooms that have all of this.",
                related_name="kinds",
                to="scheduling.equipment",
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="equipment",
            field=models.ManyToManyField(blank=True, related_name="rooms", to="scheduling.equipment"),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("after__lte", 240), ("before__lte", 240)), name="kind_is_padded_by_four_hours_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_room", True), ("by_video", True), ("by_phone", True), _connector="OR"),
                name="kind_takes_place_somewhere",
                violation_error_message="Choose at least one of: in a room, by video, by phone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_person__in", ["none", "optional", "required"])), name="kind_says_who_sits_in"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("horizon_days__gte", 1), ("horizon_days__lte", 366)), name="kind_looks_ahead_a_year_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("change_hours__lte", 2160), ("lead_hours__lte", 2160)),
                name="kind_asks_for_ninety_days_notice_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("rest_days__lte", 180), ("rest_hours__lte", 2160)), name="kind_rests_half_a_year_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointmentkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("daily_cap", None), ("daily_cap__gte", 1), _connector="OR"), name="kind_cap_is_one_or_more"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="appointment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="presences", to="scheduling.appointment"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="person",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="skill",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="skills", to="scheduling.appointmentkind"
            ),
        ),
        migrations.AddField(
            model_name="skill",
            name="person",
            field=models.ForeignKey(
                limit_choices_to={"is_active": True, "role__in": ("therapist", "staff")},
                on_delete=django.db.models.deletion.CASCADE,
                related_name="skills",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("person", "="), ("padded", "&&")], name="person_is_in_one_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="skill",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "part"), name="a_skill_is_said_once", violation_error_message="This is said already."
            ),
        ),
        migrations.AddConstraint(
            model_name="skill",
            constraint=models.CheckConstraint(condition=models.Q(("part__in", ["lead", "second"])), name="a_skill_is_for_a_part"),
        ),
    ]
