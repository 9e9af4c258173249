"""For at most two weeks somebody else reads a client's record. What was given stays as it was given, and ends once."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields

KEEP = """
CREATE FUNCTION people_cover_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR (NEW.client_id, NEW.therapist_id, NEW.given_by_id, NEW.during, NEW.given_at)
        IS DISTINCT FROM (OLD.client_id, OLD.therapist_id, OLD.given_by_id, OLD.during, OLD.given_at) THEN
        RAISE EXCEPTION 'a cover stays as it was given, and ends once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cover_stays BEFORE UPDATE ON people_cover FOR EACH ROW EXECUTE FUNCTION people_cover_keeps();
"""

LET_GO = """
DROP TRIGGER cover_stays ON people_cover;
DROP FUNCTION people_cover_keeps();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_a_clinic_closes_days_or_hours"),
    ]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("reason", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="covers", to=settings.AUTH_USER_MODEL
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
                (
                    "given_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covering", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("given_by", models.F("therapist")), _negated=True), name="nobody_lets_themselves_in"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("client", models.F("therapist")), _negated=True), name="nobody_covers_for_themselves"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("during__endswith__isnull", False),
                            ("during__startswith__isnull", False),
                            (
                                "during__endswith__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("during__startswith"), "+", models.Value(datetime.timedelta(days=14, seconds=3600))
                                ),
                            ),
                        ),
                        name="a_cover_has_an_end_within_two_weeks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_cover_names_who_ended_it",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at", None)),
                        expressions=[("client", "="), ("therapist", "="), ("during", "&&")],
                        name="one_cover_at_a_time_a_pair",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
