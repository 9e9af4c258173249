-- When somebody is there, when somebody or everybody is away, when a room is shut: parts of a WITH after
-- "days" (day, midnight, zone). Wall times in the clinic's zone as instants, true across clock changes.
hours AS (
    SELECT therapist_id, tstzrange(wall_instant(midnight + opens, zone), wall_instant(midnight + closes, zone)) AS there
    FROM scheduling_availabilityrule JOIN days ON weekday = extract(isodow FROM day) AND valid @> day
    UNION ALL
    SELECT therapist_id, tstzrange(wall_instant(midnight + opens, zone), wall_instant(midnight + closes, zone))
    FROM scheduling_availabilityexception JOIN days ON "on" = day
    WHERE what = 'extra'
),
away AS MATERIALIZED (
    SELECT therapist_id, room_id, tstzrange(
        wall_instant(midnight + coalesce(opens, time '00:00'), zone),
        wall_instant(CASE WHEN closes IS NULL THEN midnight + interval '1 day' ELSE midnight + closes END, zone)
    ) AS gone
    FROM scheduling_availabilityexception JOIN days ON "on" = day
    WHERE what = 'away'
    UNION ALL
    SELECT NULL, NULL, tstzrange(
        wall_instant(midnight + coalesce(shut_from, time '00:00'), zone),
        wall_instant(CASE WHEN shut_until IS NULL THEN midnight + interval '1 day' ELSE midnight + shut_until END, zone)
    )
    FROM people_closedday JOIN days ON "on" = day
),
room_shut AS (  -- a room that has weekly hours on a day, whichever weekday's, is shut outside of them; one that has none is open
    SELECT room_id, unnest(
        tstzmultirange(tstzrange(wall_instant(midnight, zone), wall_instant(midnight + interval '1 day', zone)))
        - coalesce(range_agg(tstzrange(wall_instant(midnight + opens, zone), wall_instant(midnight + closes, zone))) FILTER (WHERE is_on), '{}')
    ) AS span
    FROM (
        SELECT room_id, midnight, zone, opens, closes, weekday = extract(isodow FROM day) AS is_on, true AS is_weekly
        FROM scheduling_availabilityrule JOIN days ON valid @> day
        WHERE room_id IS NOT NULL
        UNION ALL
        SELECT room_id, midnight, zone, opens, closes, true, false
        FROM scheduling_availabilityexception JOIN days ON "on" = day
        WHERE room_id IS NOT NULL AND what = 'extra'
    ) AS opened
    GROUP BY room_id, midnight, zone
    HAVING bool_or(is_weekly)
),
