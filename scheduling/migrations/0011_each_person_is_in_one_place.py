"""What kinds need, for those that a clinic starts with; and each person's presence, written by the database alone."""

from typing import Any

from django.db import migrations

KINDS: dict[str, dict[str, Any]] = {
    "consultation": {"price_words": "Free"},
    "dosing": {"needs_escort": True, "needs_fasting": True, "second_person": "optional", "rest_days": 2},
}

ADD = """
CREATE FUNCTION keep_presence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM scheduling_presence WHERE appointment_id = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state IN ('held', 'booked') THEN
        INSERT INTO scheduling_presence (appointment_id, person_id, padded)
        SELECT NEW.id, person, NEW.padded FROM unnest(ARRAY[NEW.therapist_id, NEW.second_person_id]) AS person
        WHERE person IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_presence IS 'One row a person of the clinic for each appointment that holds time.';

CREATE TRIGGER appointment_keeps_presence
AFTER INSERT OR DELETE OR UPDATE OF therapist_id, second_person_id, padded, state ON scheduling_appointment
FOR EACH ROW EXECUTE FUNCTION keep_presence();

INSERT INTO scheduling_presence (appointment_id, person_id, padded)
SELECT id, therapist_id, padded FROM scheduling_appointment WHERE state IN ('held', 'booked');
"""
DROP = """
DROP TRIGGER appointment_keeps_presence ON scheduling_appointment;
DROP FUNCTION keep_presence();
DELETE FROM scheduling_presence;
"""


def give(apps: Any, schema_editor: Any) -> None:
    kinds = apps.get_model("scheduling", "AppointmentKind").objects
    kinds.filter(needs_room=True).update(by_video=False, by_phone=False)
    for slug, values in KINDS.items():
        kinds.filter(pk=slug).update(**values)


def take_back(apps: Any, schema_editor: Any) -> None:
    kinds = apps.get_model("scheduling", "AppointmentKind").objects
    kinds.filter(in_room=True, by_video=False, by_phone=False).update(needs_room=True)


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0010_what_kinds_need")]

    operations = [
        migrations.RunPython(give, take_back),
        migrations.RemoveField("appointmentkind", "needs_room"),
        migrations.RunSQL(ADD, DROP),
    ]
