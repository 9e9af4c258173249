"""What belongs together stays together, whoever writes; and the courses that a clinic starts with.

Checked when a transaction ends, so that a session and its integration meeting can be moved one after the other in it.
"""

from typing import Any

from django.db import migrations

ADD = """
CREATE FUNCTION course_keeps_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM scheduling_coursedate AS follower
        JOIN scheduling_coursedate AS leader ON leader.id = follower.follows_id
        JOIN scheduling_appointment AS later ON later.id = follower.appointment_id
        JOIN scheduling_appointment AS session ON session.id = leader.appointment_id
        WHERE CASE WHEN TG_TABLE_NAME = 'scheduling_appointment'
            THEN to_jsonb(NEW) ->> 'id' IN (later.id::text, session.id::text)
            ELSE to_jsonb(NEW) ->> 'id' IN (follower.id::text, leader.id::text) END
        AND later.state = 'booked' AND (
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
COMMENT ON FUNCTION course_keeps_together IS 'No committed state with a session moved or cancelled and its integration left.';

CREATE CONSTRAINT TRIGGER appointment_keeps_together AFTER UPDATE OF during, state ON scheduling_appointment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION course_keeps_together();
CREATE CONSTRAINT TRIGGER course_date_keeps_together AFTER INSERT OR UPDATE ON scheduling_coursedate
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION course_keeps_together();
"""
DROP = """
DROP TRIGGER course_date_keeps_together ON scheduling_coursedate;
DROP TRIGGER appointment_keeps_together ON scheduling_appointment;
DROP FUNCTION course_keeps_together();
"""
TEMPLATES: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    (
        {"slug": "first-six", "name": "Preparation and six sessions",
         "words": "A preparation meeting, then six sessions, each with an integration meeting in the days after it. "
                  "The first ones lie closer, the later ones further apart."},
        [{"kind_id": "preparation", "most": 14},
         {"kind_id": "dosing", "times": 3, "least": 5, "most": 10, "followed_by_id": "integration"},
         {"kind_id": "dosing", "times": 3, "least": 9, "most": 16, "grows_by": 4, "spaced": True,
          "followed_by_id": "integration"}],
    ),
    (
        {"slug": "first-three", "name": "Preparation and three sessions", "clients_may_propose": True,
         "words": "A preparation meeting, then three sessions a week or so apart, each with an integration meeting "
                  "in the days after it."},
        [{"kind_id": "preparation", "most": 14},
         {"kind_id": "dosing", "times": 3, "least": 5, "most": 10, "followed_by_id": "integration"}],
    ),
    (
        {"slug": "further-apart", "name": "Three sessions further apart",
         "words": "Three sessions with weeks between them, each with an integration meeting in the days after it."},
        [{"kind_id": "dosing", "times": 3, "least": 28, "most": 42, "spaced": True, "followed_by_id": "integration"}],
    ),
]  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    template, step = apps.get_model("scheduling", "CourseTemplate"), apps.get_model("scheduling", "CourseStep")
    for words, steps in TEMPLATES:
        made, new = template.objects.get_or_create(slug=words["slug"], defaults=words)
        for position, values in enumerate(steps if new else []):
            step.objects.create(template=made, position=position, **values)


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0019_courses")]

    operations = [migrations.RunSQL(ADD, DROP), migrations.RunPython(add, migrations.RunPython.noop)]
