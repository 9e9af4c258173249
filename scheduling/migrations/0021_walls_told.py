"""What each appointment's clock was to show when it was placed, written by the database alone."""

import django.db.models.deletion
from django.db import migrations, models

ADD = """
CREATE FUNCTION keep_wall_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM scheduling_walltold WHERE appointment_id = OLD.id;
        RETURN NULL;
    END IF;
    INSERT INTO scheduling_walltold (appointment_id, zone, minutes)
    SELECT NEW.id, zone, extract(epoch FROM (lower(NEW.during) AT TIME ZONE zone) - (lower(NEW.during) AT TIME ZONE 'UTC')) / 60
    FROM (
        SELECT coalesce(
            (SELECT room.zone FROM scheduling_room AS room WHERE room.id = NEW.room_id),
            (SELECT clinic.zone FROM people_clinic AS clinic LIMIT 1)
        ) AS zone
    ) AS clock
    WHERE zone IS NOT NULL
    ON CONFLICT (appointment_id) DO UPDATE SET zone = excluded.zone, minutes = excluded.minutes;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_wall_told IS 'By which clock an appointment was placed, and how far it was ahead of UTC then.';

CREATE TRIGGER appointment_keeps_wall_told
AFTER INSERT OR DELETE OR UPDATE OF during, room_id ON scheduling_appointment
FOR EACH ROW EXECUTE FUNCTION keep_wall_told();

INSERT INTO scheduling_walltold (appointment_id, zone, minutes)
SELECT id, zone, extract(epoch FROM (lower(during) AT TIME ZONE zone) - (lower(during) AT TIME ZONE 'UTC')) / 60
FROM (
    SELECT appointment.id, during, coalesce(room.zone, (SELECT zone FROM people_clinic LIMIT 1)) AS zone
    FROM scheduling_appointment AS appointment LEFT JOIN scheduling_room AS room ON room.id = room_id
) AS placed
WHERE zone IS NOT NULL;
"""
DROP = """
DROP TRIGGER appointment_keeps_wall_told ON scheduling_appointment;
DROP FUNCTION keep_wall_told();
DELETE FROM scheduling_walltold;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0020_a_course_keeps_together"),
    ]

    operations = [
        migrations.CreateModel(
            name="WallTold",
            fields=[
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="wall_told",
                        serialize=False,
                        to="scheduling.appointment",
                    ),
                ),
                ("zone", models.CharField(db_comment="plain: IANA zone of the room, or of the clinic", max_length=64)),
                ("minutes", models.SmallIntegerField()),
            ],
            options={
                "verbose_name_plural": "walls told",
            },
        ),
        migrations.RunSQL(ADD, DROP),
    ]
