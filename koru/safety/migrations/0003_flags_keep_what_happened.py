"""A step of a flag is written once; a closed flag stays as it was closed. Whoever erases a client takes both along."""

from django.db import migrations

KEEP = """
CREATE FUNCTION safety_flag_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'safety_flagstep' THEN
        RAISE EXCEPTION 'a step of a flag is written once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RAISE EXCEPTION 'a closed flag stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER flag_step_is_written_once BEFORE UPDATE ON safety_flagstep
    FOR EACH ROW EXECUTE FUNCTION safety_flag_keeps();
CREATE TRIGGER closed_flag_stays BEFORE UPDATE ON safety_flag
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION safety_flag_keeps();
"""

LET_GO = """
DROP TRIGGER closed_flag_stays ON safety_flag;
DROP TRIGGER flag_step_is_written_once ON safety_flagstep;
DROP FUNCTION safety_flag_keeps();
"""


class Migration(migrations.Migration):
    dependencies = [("safety", "0002_flags_and_their_steps")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
