"""What belongs together is looked up by its keys: the check of each appointment read every date of every course."""

from importlib import import_module

from django.db import migrations

before = import_module("scheduling.migrations.0020_a_course_keeps_together")

CHANGE = """
CREATE OR REPLACE FUNCTION course_keeps_together() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE about bigint;
BEGIN
    IF TG_TABLE_NAME = 'scheduling_appointment' THEN
        SELECT id INTO about FROM scheduling_coursedate WHERE appointment_id = (to_jsonb(NEW) ->> 'id')::uuid;
    ELSE
        about := (to_jsonb(NEW) ->> 'id')::bigint;
    END IF;
    IF about IS NOT NULL AND EXISTS (
        SELECT FROM (
            SELECT id FROM scheduling_coursedate WHERE id = about AND follows_id IS NOT NULL
            UNION
            SELECT id FROM scheduling_coursedate WHERE follows_id = about
        ) AS concerned
        JOIN scheduling_coursedate AS follower ON follower.id = concerned.id
        JOIN scheduling_coursedate AS leader ON leader.id = follower.follows_id
        JOIN scheduling_appointment AS later ON later.id = follower.appointment_id
        JOIN scheduling_appointment AS session ON session.id = leader.appointment_id
        WHERE later.state = 'booked' AND (
            session.state = 'cancelled'
            OR session.state = 'booked' AND (
                lower(later.during) < upper(session.during)
                OR follower.waived_by_id IS NULL AND lower(later.during) > upper(session.during) + interval '72 hours'
            )
        )
    ) THEN
        RAISE EXCEPTION 'An integration meeting stands with its session, within 72 hours after it unless somebody waived that'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'integration_stands_with_its_session';
    END IF;
    RETURN NULL;
END
$$;
"""
BACK = before.ADD[: before.ADD.index("COMMENT ON")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0024_something_sooner")]

    operations = [migrations.RunSQL(CHANGE, BACK)]
