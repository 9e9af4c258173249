"""A version of a safety plan is written once. Whoever erases a client takes it along."""

from django.db import migrations

KEEP = """
CREATE FUNCTION safety_plan_version_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a safety plan is written once' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER plan_version_is_written_once BEFORE UPDATE ON safety_planversion
    FOR EACH ROW EXECUTE FUNCTION safety_plan_version_keeps();
"""

LET_GO = """
DROP TRIGGER plan_version_is_written_once ON safety_planversion;
DROP FUNCTION safety_plan_version_keeps();
"""


class Migration(migrations.Migration):
    dependencies = [("safety", "0004_safety_plans_and_their_versions")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
