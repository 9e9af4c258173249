"""Whose a flag is, who saw it and who closed it are people who work here; while there is a client, somebody is there."""

from django.db import migrations, models
from django.db.models import F, Q

HOLD = """
CREATE FUNCTION safety_flag_has_somebody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM people_person WHERE id = NEW.owner_id AND is_active AND role <> 'client') THEN
        RAISE EXCEPTION 'a flag is somebody''s who works here' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER flag_has_somebody BEFORE INSERT OR UPDATE OF owner_id ON safety_flag
    FOR EACH ROW EXECUTE FUNCTION safety_flag_has_somebody();

CREATE FUNCTION safety_client_has_cover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM people_person WHERE is_active AND role = 'client')
        AND NOT EXISTS (SELECT FROM people_person WHERE is_active AND role <> 'client') THEN
        RAISE EXCEPTION 'somebody has to be there for the clients' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER the_last_one_stays AFTER UPDATE OF is_active, role ON people_person
    FOR EACH ROW WHEN (OLD.is_active AND OLD.role <> 'client') EXECUTE FUNCTION safety_client_has_cover();
CREATE TRIGGER the_last_one_is_not_deleted AFTER DELETE ON people_person
    FOR EACH ROW WHEN (OLD.is_active AND OLD.role <> 'client') EXECUTE FUNCTION safety_client_has_cover();
"""

LET_GO = """
DROP TRIGGER the_last_one_is_not_deleted ON people_person;
DROP TRIGGER the_last_one_stays ON people_person;
DROP FUNCTION safety_client_has_cover();
DROP TRIGGER flag_has_somebody ON safety_flag;
DROP FUNCTION safety_flag_has_somebody();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0006_steps_of_one_instant_stay_in_order"),
        ("people", "0003_opening_hours_on_call_and_leads"),
    ]

    operations = [
        migrations.AddConstraint(
            "flag",
            models.CheckConstraint(
                condition=~Q(owner=F("client"))
                & (Q(acknowledged_by=None) | ~Q(acknowledged_by=F("client")))
                & (Q(closed_by=None) | ~Q(closed_by=F("client"))),
                name="nobody_looks_at_their_own_flag",
            ),
        ),
        migrations.AddConstraint(
            "flagstep",
            models.CheckConstraint(
                condition=~Q(what__in=["acknowledged", "done", "closed"]) | Q(by__isnull=False),
                name="the_clock_closes_nothing",
            ),
        ),
        migrations.RunSQL(HOLD, LET_GO),
    ]
