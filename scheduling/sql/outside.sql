-- What is booked or held ahead at a time when its therapist or second person isn't there, or its room is shut.
--
-- The same hours as open times are cut from (there.sql), for the days on which something lies ahead. "mark" says how it
-- lies: what of its padded span is left, what is away, what is shut. Somebody who decides that it stays as it is decides
-- so for that mark; when hours change under it again, the decision is asked for again.
WITH
ahead AS MATERIALIZED (
    SELECT appointment.id, therapist_id, second_person_id, room_id, padded, zone,
        lower(padded) AT TIME ZONE zone AS first, upper(padded) AT TIME ZONE zone AS last
    FROM scheduling_appointment AS appointment, people_clinic
    WHERE during && tstzrange(%(now)s::timestamptz, NULL) AND lower(during) > %(now)s::timestamptz
      AND (state = 'booked' OR (state = 'held' AND held_until > %(now)s::timestamptz))
      AND started_at IS NULL
      AND (%(person)s::uuid IS NULL OR %(person)s::uuid IN (therapist_id, second_person_id))
      AND (%(room)s::uuid IS NULL OR room_id = %(room)s::uuid)
),
days AS MATERIALIZED (
    SELECT DISTINCT midnight::date AS day, midnight, zone
    FROM ahead, generate_series(date_trunc('day', first), last, interval '1 day') AS midnight
),
-- there.sql
closed AS MATERIALIZED (
    SELECT coalesce(range_agg(gone), '{}') AS closed FROM away WHERE therapist_id IS NULL AND room_id IS NULL
),
gone AS MATERIALIZED (
    SELECT therapist_id AS person_id, range_agg(gone) AS gone FROM away WHERE therapist_id IS NOT NULL GROUP BY therapist_id
),
present AS MATERIALIZED (
    SELECT person_id, there - coalesce(gone, '{}') - closed AS present
    FROM (
        SELECT therapist_id AS person_id, range_agg(there) AS there FROM hours WHERE therapist_id IS NOT NULL GROUP BY therapist_id
    ) AS usual CROSS JOIN closed LEFT JOIN gone USING (person_id)
),
shut AS MATERIALIZED (
    SELECT room_id, range_agg(span) AS shut
    FROM (
        SELECT room_id, span FROM room_shut
        UNION ALL
        SELECT room_id, gone FROM away WHERE room_id IS NOT NULL
        UNION ALL
        SELECT id, tstzrange(NULL, NULL) FROM scheduling_room WHERE NOT is_open
    ) AS spans
    GROUP BY room_id
),
lying AS (
    SELECT ahead.id, padded,
        one * coalesce(therapist.present, '{}') AS therapist_left,
        CASE WHEN second_person_id IS NOT NULL THEN one * coalesce(second.present, '{}') END AS second_left,
        one * (coalesce(therapist_gone.gone, '{}') + coalesce(second_gone.gone, '{}') + closed) AS taken_away,
        one * coalesce(shut, '{}') AS room_taken
    FROM ahead CROSS JOIN closed CROSS JOIN LATERAL tstzmultirange(padded) AS one
    LEFT JOIN present AS therapist ON therapist.person_id = therapist_id
    LEFT JOIN present AS second ON second.person_id = second_person_id
    LEFT JOIN gone AS therapist_gone ON therapist_gone.person_id = therapist_id
    LEFT JOIN gone AS second_gone ON second_gone.person_id = second_person_id
    LEFT JOIN shut USING (room_id)
)
SELECT id, not_there, second_not_there, room_shut, mark, EXISTS (
    SELECT FROM scheduling_staysasitis AS stays WHERE stays.appointment_id = marked.id AND stays.mark = marked.mark
) AS stays
FROM (
    SELECT id,
        NOT therapist_left @> padded AS not_there,
        second_left IS NOT NULL AND NOT second_left @> padded AS second_not_there,
        NOT isempty(room_taken) AS room_shut,
        md5(concat_ws(' ', padded, therapist_left, coalesce(second_left::text, '-'), taken_away, room_taken)) AS mark
    FROM lying
) AS marked
WHERE not_there OR second_not_there OR room_shut
