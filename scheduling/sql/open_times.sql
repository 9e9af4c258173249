-- Every open start of one kind of appointment, with who is free, in which room, and who sits in.
--
-- Hours are wall times in the clinic's zone; wall_instant() turns them into instants, true across clock changes. What is
-- left after "away" and what is busy (with its buffers) has to hold the whole padded span, so a long visit can't hang
-- over an edge. Starts lie on the kind's grid of wall times: one skipped in spring is not there, one that autumn repeats
-- is there twice. Nobody starts what the client has to rest from, or more of a kind a day than its cap. "busy" reads the
-- gist index appointment_during; the rest is a few rows a person. What is asked once a person ("windows", "theirs") or once
-- a start ("placed") has to be materialized, else it is done anew for each pair: 40 therapists with 20 rooms over 90 days
-- took 1,400 ms before "windows" and "placed", and take 240 with them; 8 therapists over 60 days 23.
WITH
days AS MATERIALIZED (
    SELECT day::date AS day, day AS midnight, zone
    FROM people_clinic, generate_series(%(first)s::timestamp - interval '1 day', %(last)s::timestamp + interval '1 day', interval '1 day') AS day
),
busy AS MATERIALIZED (
    SELECT kind_id, therapist_id, second_person_id, room_id, client_id, during, padded
    FROM scheduling_appointment
    WHERE during && tstzrange(%(earliest)s::timestamptz - interval '2 days', %(latest)s::timestamptz + interval '2 days')
      AND (state IN ('booked', 'met') OR (state = 'held' AND held_until > %(now)s::timestamptz AND (offered OR booked_by_id IS DISTINCT FROM %(by)s::uuid)))
      AND id IS DISTINCT FROM %(moving)s::uuid AND id IS DISTINCT FROM %(along)s::uuid
),
rest AS MATERIALIZED (
    -- starts that come too soon after, or too close before, another of the kind for the same client
    SELECT coalesce(range_agg(too_close), '{}') AS starts
    FROM (
        SELECT lower(during) AS began, coalesce(ended_at, upper(during)) AS ended, (lower(during) AT TIME ZONE zone)::date AS day, zone
        FROM scheduling_appointment AS other, people_clinic
        WHERE client_id = %(client)s::uuid AND kind_id = %(kind)s AND %(rests)s
          AND (state IN ('booked', 'met') OR (state = 'held' AND held_until > %(now)s::timestamptz AND (offered OR booked_by_id IS DISTINCT FROM %(by)s::uuid)))
          AND other.id IS DISTINCT FROM %(moving)s::uuid AND other.id IS DISTINCT FROM %(along)s::uuid
    ) AS own, LATERAL (
        VALUES
        (tstzrange(began - make_interval(hours => %(rest_hours)s, mins => %(minutes)s), ended + make_interval(hours => %(rest_hours)s), '()')),
        (CASE WHEN %(rest_days)s > 0 THEN tstzrange(wall_instant(day - (%(rest_days)s - 1), zone), wall_instant(day + %(rest_days)s, zone)) END)
    ) AS around (too_close)
),
walls AS MATERIALIZED (
    -- by the offset of the day before and by that of the day after: two instants where clocks change in between
    SELECT wall, zone,
        ((wall - interval '1 day') AT TIME ZONE zone) + interval '24 hours' AS one,
        ((wall + interval '1 day') AT TIME ZONE zone) - interval '24 hours' AS two
    FROM (
        SELECT midnight + make_interval(mins => minute) AS wall, zone
        FROM days, generate_series(0, 1439, %(grid)s) AS minute
    ) AS grid
),
starts AS MATERIALIZED (
    SELECT at, wall::date AS day,
        tstzrange(at - make_interval(mins => %(before)s), at + make_interval(mins => %(minutes)s + %(after)s)) AS padded
    FROM (
        SELECT wall, zone, one AS at FROM walls
        UNION ALL
        SELECT wall, zone, two FROM walls WHERE two <> one
    ) AS instants, rest
    WHERE at AT TIME ZONE zone = wall
      AND at >= %(earliest)s::timestamptz AND at < %(latest)s::timestamptz
      AND (%(last_day)s::date IS NULL OR wall::date <= %(last_day)s::date)
      AND NOT rest.starts @> at
),
full_days AS MATERIALIZED (
    SELECT therapist_id, (lower(during) AT TIME ZONE zone)::date AS day
    FROM busy, people_clinic
    WHERE kind_id = %(kind)s
    GROUP BY 1, 2
    HAVING count(*) >= %(cap)s::int
),
elsewhere AS MATERIALIZED (
    -- what people's other calendars say, without buffers
    SELECT calendar.therapist_id, span.during
    FROM scheduling_busyspan AS span JOIN scheduling_busycalendar AS calendar ON calendar.id = span.calendar_id
    WHERE span.during && tstzrange(%(earliest)s::timestamptz - interval '2 days', %(latest)s::timestamptz + interval '2 days')
),
people AS MATERIALIZED (
    -- a therapist of whom no kind is named leads all of them; nobody sits in who isn't named
    SELECT person.id, person.display_name,
        person.role = 'therapist'
        AND (%(therapists)s::uuid[] IS NULL OR person.id = ANY (%(therapists)s::uuid[]))
        AND (NOT bool_or(coalesce(part = 'lead', false)) OR bool_or(part = 'lead' AND kind_id = %(kind)s)) AS leads,
        person.role IN ('therapist', 'staff') AND %(with_second)s
        AND (%(second_person)s::uuid IS NULL OR person.id = %(second_person)s::uuid)
        AND coalesce(bool_or(part = 'second' AND kind_id = %(kind)s), false) AS sits_in
    FROM people_person AS person LEFT JOIN scheduling_skill AS skill ON skill.person_id = person.id
    WHERE person.role IN ('therapist', 'staff') AND person.is_active
    GROUP BY person.id
),
-- there.sql
windows AS MATERIALIZED (
    SELECT therapist_id, range_agg(there) AS there FROM hours WHERE therapist_id IS NOT NULL GROUP BY therapist_id
),
theirs AS MATERIALIZED (
    SELECT free.id, free.display_name, free.leads, free.sits_in, free.windows - coalesce(taken.spans, '{}') AS free
    FROM (
        SELECT people.id, display_name, leads, sits_in, windows.there AS windows
        FROM people JOIN windows ON windows.therapist_id = people.id
        WHERE leads OR sits_in
    ) AS free
    LEFT JOIN LATERAL (
        SELECT range_agg(span) AS spans
        FROM (
            SELECT gone AS span FROM away WHERE away.therapist_id = free.id OR (away.therapist_id IS NULL AND away.room_id IS NULL)
            UNION ALL
            SELECT padded FROM busy WHERE free.id IN (busy.therapist_id, busy.second_person_id) OR busy.client_id = %(client)s::uuid
            UNION ALL
            SELECT during FROM elsewhere WHERE elsewhere.therapist_id = free.id
        ) AS spans
    ) AS taken ON true
),
kept AS MATERIALIZED (
    -- what is moved or held already: its room and second person are taken first
    SELECT room_id, second_person_id FROM scheduling_appointment
    WHERE id = %(moving)s::uuid OR (%(moving)s IS NULL AND state = 'held' AND NOT offered AND booked_by_id = %(by)s::uuid)
),
rooms AS MATERIALIZED (
    SELECT room.id, room.name, room.id = (SELECT room_id FROM kept) AS is_kept, coalesce(range_agg(shut.span), '{}') AS taken
    FROM scheduling_room AS room LEFT JOIN (
        SELECT room_id, padded AS span FROM busy
        UNION ALL
        SELECT room_id, gone FROM away
        UNION ALL
        SELECT room_id, span FROM room_shut
    ) AS shut ON shut.room_id = room.id
    WHERE room.is_open AND (%(room)s::uuid IS NULL OR room.id = %(room)s::uuid) AND NOT EXISTS (
        SELECT FROM scheduling_appointmentkind_equipment AS needed
        WHERE needed.appointmentkind_id = %(kind)s AND NOT EXISTS (
            SELECT FROM scheduling_room_equipment AS has WHERE has.room_id = room.id AND has.equipment_id = needed.equipment_id
        )
    )
    GROUP BY room.id, room.name
),
placed AS MATERIALIZED (
    -- once a start, not once a start and therapist: rooms and second persons are the same for all of them
    SELECT starts.at, starts.day, starts.padded, room.id AS room_id, others.ids AS seconds
    FROM starts
    LEFT JOIN LATERAL (
        SELECT rooms.id FROM rooms
        WHERE %(in_room)s AND NOT rooms.taken && starts.padded
        ORDER BY rooms.is_kept DESC NULLS LAST, rooms.name
        LIMIT 1
    ) AS room ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(other.id ORDER BY other.id IS DISTINCT FROM (SELECT second_person_id FROM kept), other.display_name, other.id) AS ids
        FROM theirs AS other
        WHERE %(with_second)s AND other.sits_in AND other.free @> starts.padded
    ) AS others ON true
    WHERE room.id IS NOT NULL OR NOT %(in_room)s
)
SELECT placed.at, theirs.id, placed.room_id, (array_remove(placed.seconds, theirs.id))[1]
FROM placed
JOIN theirs ON theirs.free @> placed.padded AND theirs.leads
WHERE ((array_remove(placed.seconds, theirs.id))[1] IS NOT NULL OR NOT %(with_second)s)
  AND NOT EXISTS (SELECT FROM full_days WHERE full_days.therapist_id = theirs.id AND full_days.day = placed.day)
ORDER BY placed.at, array_position(%(therapists)s::uuid[], theirs.id), theirs.id
