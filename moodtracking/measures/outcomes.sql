-- How people fare by measure, of nobody by name: only counts and quartiles leave the database.
-- A line is one person's fills of one measure in one version, form and language, of who has had a session, before a day.
-- Better: the first fill that differs from the line's own first by the bound of that version, in the better direction.
WITH bounds (measure, version, reliable, sign) AS (
    SELECT * FROM unnest(%(measures)s::text[], %(versions)s::int[], %(bounds)s::int[], %(signs)s::int[])
),
fills AS (
    SELECT one.client_id, one.measure, one.version, one.form, one.language, one.local_date, one.total,
        first_value(one.total) OVER line AS first, row_number() OVER line AS place
    FROM measures_response AS one
    WHERE one.state = 'completed' AND one.total IS NOT NULL AND one.local_date < %(before)s
        AND NOT EXISTS (
            SELECT FROM measures_response AS later WHERE later.corrects_id = one.id AND later.state = 'completed'
        )
    WINDOW line AS (
        PARTITION BY one.client_id, one.measure, one.version, one.form, one.language ORDER BY one.local_date, one.closed_at, one.id
    )
),
lines AS (
    SELECT fills.client_id, fills.measure,
        min(fills.local_date) FILTER (WHERE place > 1 AND (first - total) * sign >= reliable) AS better_on
    FROM fills JOIN bounds USING (measure, version)
    GROUP BY fills.client_id, fills.measure, fills.version, fills.form, fills.language
    HAVING count(*) > 1
),
people AS (
    SELECT client_id, measure, min(better_on) AS better_on
    FROM lines
    WHERE EXISTS (
        SELECT FROM scheduling_appointment AS had
        WHERE had.client_id = lines.client_id AND had.kind_id = 'dosing' AND had.state = 'met'
    )
    GROUP BY client_id, measure
),
told AS (
    SELECT measure, better_on, (
        SELECT count(*) FROM scheduling_appointment AS had
        WHERE had.client_id = people.client_id AND had.kind_id = 'dosing' AND had.state = 'met'
            AND lower(had.during) < people.better_on + 1
    ) AS sessions
    FROM people
)
SELECT measure, count(*), count(better_on),
    percentile_disc(0.25) WITHIN GROUP (ORDER BY sessions) FILTER (WHERE better_on IS NOT NULL),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY sessions) FILTER (WHERE better_on IS NOT NULL),
    percentile_disc(0.75) WITHIN GROUP (ORDER BY sessions) FILTER (WHERE better_on IS NOT NULL)
FROM told
GROUP BY measure
ORDER BY measure
