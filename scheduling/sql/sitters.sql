-- Who is named to sit in on a kind, by name: whether their hours cover a padded span, and whether they are free in it.
--
-- The hours that open times are cut from (there.sql), and what takes a person's time there. The appointment itself is in
-- nobody's way, nor is its therapist asked.
WITH
wanted AS MATERIALIZED (
    SELECT tstzrange(%(start)s::timestamptz, %(end)s::timestamptz) AS padded
),
days AS MATERIALIZED (
    SELECT midnight::date AS day, midnight, zone
    FROM wanted, people_clinic, generate_series(
        date_trunc('day', lower(padded) AT TIME ZONE zone), upper(padded) AT TIME ZONE zone, interval '1 day'
    ) AS midnight
),
-- there.sql
named AS MATERIALIZED (
    SELECT person.id, display_name
    FROM people_person AS person JOIN scheduling_skill AS skill ON skill.person_id = person.id
    WHERE part = 'second' AND kind_id = %(kind)s AND is_active AND role IN ('therapist', 'staff')
      AND person.id <> %(therapist)s::uuid
)
SELECT named.id,
    (
        coalesce((SELECT range_agg(there) FROM hours WHERE therapist_id = named.id), '{}')
        - coalesce((
            SELECT range_agg(gone) FROM away
            WHERE away.therapist_id = named.id OR (away.therapist_id IS NULL AND away.room_id IS NULL)
        ), '{}')
    ) @> padded,
    NOT EXISTS (
        SELECT FROM scheduling_appointment AS other
        WHERE other.padded && wanted.padded AND named.id IN (other.therapist_id, other.second_person_id)
          AND other.id <> %(appointment)s::uuid
          AND (state IN ('booked', 'met') OR (state = 'held' AND held_until > %(now)s::timestamptz))
    ) AND NOT EXISTS (
        SELECT FROM scheduling_busyspan AS span JOIN scheduling_busycalendar AS calendar ON calendar.id = span.calendar_id
        WHERE calendar.therapist_id = named.id AND span.during && wanted.padded
    )
FROM named CROSS JOIN wanted
ORDER BY display_name, id
