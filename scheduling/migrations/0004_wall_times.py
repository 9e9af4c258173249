"""Wall times as instants, in the database: the same rule as koru.moments.walltime, held equal by a property test."""

from django.db import migrations

ADD = """
CREATE FUNCTION wall_gap_end(wall timestamp, zone text, low timestamptz, high timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT min(at) FROM generate_series(low, high, interval '1 minute') AS at WHERE at AT TIME ZONE zone >= wall
$$;
COMMENT ON FUNCTION wall_gap_end IS 'The first instant after a gap of the wall clock that skips a wall time.';

-- One expression without a subquery, so that the planner inlines it. A day back and forth are the two offsets that can
-- hold around a change; PostgreSQL alone would read a repeated hour as its second pass.
CREATE FUNCTION wall_instant(wall timestamp, zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN (((wall - interval '1 day') AT TIME ZONE zone) + interval '24 hours') AT TIME ZONE zone = wall
            THEN ((wall - interval '1 day') AT TIME ZONE zone) + interval '24 hours'
        WHEN (((wall + interval '1 day') AT TIME ZONE zone) - interval '24 hours') AT TIME ZONE zone = wall
            THEN ((wall + interval '1 day') AT TIME ZONE zone) - interval '24 hours'
        ELSE wall_gap_end(
            wall, zone,
            ((wall + interval '1 day') AT TIME ZONE zone) - interval '24 hours',
            ((wall - interval '1 day') AT TIME ZONE zone) + interval '24 hours'
        )
    END
$$;
COMMENT ON FUNCTION wall_instant IS 'A wall time as an instant: the first of two in autumn, the end of the gap in spring.';
"""
DROP = """
DROP FUNCTION wall_instant(timestamp, text);
DROP FUNCTION wall_gap_end(timestamp, text, timestamptz, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0003_kinds_of_appointment")]

    operations = [migrations.RunSQL(ADD, DROP)]
