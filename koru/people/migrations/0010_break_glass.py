"""In an emergency one record is open for four hours to who says why; at most three in a day, and looked at by another."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields

KEEP = """
CREATE FUNCTION people_brokenglass_three() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('people_brokenglass ' || NEW.opened_by_id, 0));
    IF (SELECT count(*) FROM people_brokenglass
        WHERE opened_by_id = NEW.opened_by_id AND opened_at > NEW.opened_at - interval '24 hours') >= 3 THEN
        RAISE EXCEPTION 'nobody breaks glass more than three in a day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER three_a_day BEFORE INSERT ON people_brokenglass
    FOR EACH ROW EXECUTE FUNCTION people_brokenglass_three();

CREATE FUNCTION people_brokenglass_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.looked_at IS NOT NULL OR (NEW.client_id, NEW.opened_by_id, NEW.opened_at, NEW.closes_at)
        IS DISTINCT FROM (OLD.client_id, OLD.opened_by_id, OLD.opened_at, OLD.closes_at) THEN
        RAISE EXCEPTION 'a broken glass stays as it was, and is looked at once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER glass_stays BEFORE UPDATE ON people_brokenglass FOR EACH ROW EXECUTE FUNCTION people_brokenglass_keeps();
"""

LET_GO = """
DROP TRIGGER glass_stays ON people_brokenglass;
DROP FUNCTION people_brokenglass_keeps();
DROP TRIGGER three_a_day ON people_brokenglass;
DROP FUNCTION people_brokenglass_three();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_erasing_waits"),
    ]

    operations = [
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("reason", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="glasses", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["opened_by", "opened_at"], name="glass_by_opener")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "closes_at",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opened_at"), "+", models.Value(datetime.timedelta(seconds=14400))
                                ),
                            )
                        ),
                        name="glass_is_open_for_four_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("client", models.F("opened_by")), _negated=True), name="nobody_breaks_their_own_glass"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_at_by", None)),
                            models.Q(("looked_at__isnull", False), ("looked_at_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_looked_at_a_glass_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_at_by", None),
                            models.Q(("looked_at_by", models.F("opened_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="somebody_else_looks_at_a_glass",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
