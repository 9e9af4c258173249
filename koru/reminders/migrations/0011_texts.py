import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    """Numbers that text messages go to, codes that were asked for, what went out as text, and what a provider said."""

    dependencies = [
        ("people", "0005_a_clinic_closes_days_or_hours"),
        ("reminders", "0010_fewer_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedWord",
            fields=[
                (
                    "signature",
                    models.CharField(
                        db_comment="plain: what it was signed with", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "signed word",
            },
        ),
        migrations.CreateModel(
            name="CodeAsked",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("number_hash", models.CharField(db_comment="plain: keyed hash of the number it went to", max_length=64)),
                ("on", models.DateField()),
                ("by_person", models.PositiveSmallIntegerField()),
                ("to_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "codes asked",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "on", "by_person"), name="each_code_of_a_person_counts"),
                    models.UniqueConstraint(fields=("number_hash", "on", "to_number"), name="each_code_to_a_number_counts"),
                    models.CheckConstraint(condition=models.Q(("by_person__range", (1, 5))), name="five_codes_a_day_by_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(("to_number", None), ("to_number__range", (1, 5)), _connector="OR"),
                        name="five_codes_a_day_to_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Texted",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="reminders.letter",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True)),
                ("link_hash", models.CharField(db_comment="plain: hash of the token in its link", max_length=64, unique=True)),
                ("until", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "texted",
                "constraints": [models.UniqueConstraint(fields=("person", "day"), name="one_text_a_day")],
            },
        ),
        migrations.CreateModel(
            name="TextNumber",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("number", koru.sealing.fields.SealedTextField(default=b"", owner="person_id")),
                (
                    "number_hash",
                    models.CharField(db_comment="plain: keyed hash, to find whose number it is", db_index=True, max_length=64),
                ),
                ("salt", models.CharField(db_comment="plain: random; with the server's key it makes the code", max_length=32)),
                ("code_until", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("not_reached_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consent",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.consent"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="text_numbers", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("person",), name="one_number_a_person"
                    ),
                    models.CheckConstraint(condition=models.Q(("tries__lte", 5)), name="a_code_has_five_tries"),
                ],
            },
        ),
    ]
