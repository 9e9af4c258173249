-- Every open start of one kind of appointment, with who is free and in which room.
--
-- Hours are wall times in the clinic's zone; wall_instant() turns them into instants, true across clock changes. What is
-- left after "away" and what is busy (with its buffers) has to hold the whole padded span, so a long visit can't hang
-- over an edge. Starts lie on the kind's grid of wall times: one skipped in spring is not there, one repeated in autumn
-- is its first. "busy" reads the gist index appointment_during; the rest is a few rows a therapist, and "theirs" has to be
-- materialized: else the subtraction is done anew for each start (8 therapists, 60 days: 35 ms with it, 520 without).
WITH
days AS MATERIALIZED (
    SELECT day::date AS day, day AS midnight, zone
    FROM people_clinic, generate_series(%(first)s::timestamp - interval '1 day', %(last)s::timestamp + interval '1 day', interval '1 day') AS day
),
starts AS MATERIALIZED (
    SELECT at, tstzrange(at - make_interval(mins => %(before)s), at + make_interval(mins => %(minutes)s + %(after)s)) AS padded
    FROM (
        SELECT wall, zone, wall_instant(wall, zone) AS at
        FROM (
            SELECT midnight + make_interval(mins => minute) AS wall, zone
            FROM days, generate_series(0, 1439, %(grid)s) AS minute
        ) AS walls
    ) AS instants
    WHERE at AT TIME ZONE zone = wall
      AND at >= %(earliest)s::timestamptz AND at < %(latest)s::timestamptz
      AND (%(last_day)s::date IS NULL OR wall::date <= %(last_day)s::date)
),
busy AS MATERIALIZED (
    SELECT therapist_id, room_id, client_id, padded
    FROM scheduling_appointment
    WHERE during && tstzrange(%(earliest)s::timestamptz - interval '2 days', %(latest)s::timestamptz + interval '2 days')
      AND (state IN ('booked', 'met') OR (state = 'held' AND held_until > %(now)s::timestamptz AND booked_by_id IS DISTINCT FROM %(by)s::uuid))
      AND id IS DISTINCT FROM %(moving)s::uuid
),
people AS MATERIALIZED (
    SELECT id FROM people_person
    WHERE role = 'therapist' AND is_active AND (%(therapists)s::uuid[] IS NULL OR id = ANY (%(therapists)s::uuid[]))
),
hours AS (
    SELECT therapist_id, tstzrange(wall_instant(midnight + opens, zone), wall_instant(midnight + closes, zone)) AS there
    FROM scheduling_availabilityrule JOIN days ON weekday = extract(isodow FROM day) AND valid @> day
    UNION ALL
    SELECT therapist_id, tstzrange(wall_instant(midnight + opens, zone), wall_instant(midnight + closes, zone))
    FROM scheduling_availabilityexception JOIN days ON "on" = day
    WHERE what = 'extra'
),
away AS MATERIALIZED (
    SELECT therapist_id, tstzrange(
        wall_instant(midnight + coalesce(opens, time '00:00'), zone),
        wall_instant(CASE WHEN closes IS NULL THEN midnight + interval '1 day' ELSE midnight + closes END, zone)
    ) AS gone
    FROM scheduling_availabilityexception JOIN days ON "on" = day
    WHERE what = 'away'
),
theirs AS MATERIALIZED (
    SELECT free.therapist_id, free.windows - coalesce(taken.spans, '{}') AS free
    FROM (
        SELECT therapist_id, range_agg(there) AS windows
        FROM hours JOIN people ON people.id = therapist_id
        GROUP BY therapist_id
    ) AS free
    LEFT JOIN LATERAL (
        SELECT range_agg(span) AS spans
        FROM (
            SELECT gone AS span FROM away WHERE away.therapist_id = free.therapist_id OR away.therapist_id IS NULL
            UNION ALL
            SELECT padded FROM busy WHERE busy.therapist_id = free.therapist_id OR busy.client_id = %(client)s::uuid
        ) AS spans
    ) AS taken ON true
),
rooms AS MATERIALIZED (
    SELECT room.id, room.name, coalesce(range_agg(busy.padded), '{}') AS taken
    FROM scheduling_room AS room LEFT JOIN busy ON busy.room_id = room.id
    WHERE room.is_open AND (%(room)s::uuid IS NULL OR room.id = %(room)s::uuid)
    GROUP BY room.id, room.name
)
SELECT starts.at, theirs.therapist_id, room.id
FROM starts
JOIN theirs ON theirs.free @> starts.padded
LEFT JOIN LATERAL (
    SELECT rooms.id FROM rooms
    WHERE %(in_room)s AND NOT rooms.taken && starts.padded
    ORDER BY rooms.name
    LIMIT 1
) AS room ON true
WHERE room.id IS NOT NULL OR NOT %(in_room)s
ORDER BY starts.at, theirs.therapist_id
