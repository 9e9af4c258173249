-- When each therapist is there on one day, by the hours that open times are cut from (there.sql), whatever is booked.
WITH
days AS MATERIALIZED (
    SELECT %(day)s::date AS day, %(day)s::timestamp AS midnight, zone FROM people_clinic
),
-- there.sql
present AS (
    SELECT therapist_id, range_agg(there) - coalesce(
        (SELECT range_agg(gone) FROM away WHERE away.therapist_id = hours.therapist_id OR (away.therapist_id IS NULL AND away.room_id IS NULL)),
        '{}'
    ) AS there
    FROM hours WHERE therapist_id IS NOT NULL GROUP BY therapist_id
)
SELECT therapist_id, lower(stretch), upper(stretch) FROM present, unnest(there) AS stretch ORDER BY 1, 2
