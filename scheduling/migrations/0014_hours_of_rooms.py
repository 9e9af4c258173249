"""Rooms have hours too; the days on which the whole clinic is closed move to the one place for them, in people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MOVE = """
INSERT INTO people_closedday (id, clinic_id, "on", name, shut_from, shut_until)
SELECT day.id, clinic.id, day."on", '', day.opens, day.closes
FROM scheduling_availabilityexception AS day, people_clinic AS clinic
WHERE day.therapist_id IS NULL
ON CONFLICT DO NOTHING;
DELETE FROM scheduling_availabilityexception WHERE therapist_id IS NULL;
"""
MOVE_BACK = """
INSERT INTO scheduling_availabilityexception (id, therapist_id, what, "on", opens, closes)
SELECT id, NULL, 'away', "on", shut_from, shut_until FROM people_closedday;
"""
DROP_ROOMS = """
DELETE FROM scheduling_availabilityrule WHERE room_id IS NOT NULL;
DELETE FROM scheduling_availabilityexception WHERE room_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_a_clinic_closes_days_or_hours"),
        ("scheduling", "0013_calendar_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RemoveConstraint(
            model_name="availabilityexception",
            name="exception_closes_after_it_opens",
        ),
        migrations.RemoveConstraint(
            model_name="availabilityexception",
            name="extra_hours_are_named",
        ),
        migrations.AddField(
            model_name="availabilityexception",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="availability_exceptions",
                to="scheduling.room",
            ),
        ),
        migrations.AddField(
            model_name="availabilityrule",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="availability_rules",
                to="scheduling.room",
            ),
        ),
        migrations.AlterField(
            model_name="availabilityrule",
            name="therapist",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="availability_rules",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="availabilityexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes", None), models.Q(("closes__gt", models.F("opens")), ("opens__isnull", False)), _connector="OR"
                ),
                name="exception_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="availabilityexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what", "away"), models.Q(("closes__isnull", False), ("opens__isnull", False)), _connector="OR"
                ),
                name="extra_hours_are_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="availabilityexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("room", None), ("therapist__isnull", False)),
                    models.Q(("room__isnull", False), ("therapist", None)),
                    _connector="OR",
                ),
                name="a_different_day_is_of_one_person_or_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="availabilityrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("room", None), ("therapist__isnull", False)),
                    models.Q(("room__isnull", False), ("therapist", None)),
                    _connector="OR",
                ),
                name="hours_are_of_one_person_or_room",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, DROP_ROOMS),
    ]
