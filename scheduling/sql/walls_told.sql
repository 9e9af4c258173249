-- What is booked ahead, with how far its clock was ahead of UTC when it was placed, and how far the database says it is now.
SELECT appointment.id, coalesce(client.display_name, request.name), lower(during), told.zone, told.minutes,
    (extract(epoch FROM (lower(during) AT TIME ZONE told.zone) - (lower(during) AT TIME ZONE 'UTC')) / 60)::int
FROM scheduling_appointment AS appointment
JOIN scheduling_walltold AS told ON told.appointment_id = appointment.id
LEFT JOIN people_person AS client ON client.id = appointment.client_id
LEFT JOIN scheduling_consultationrequest AS request ON request.id = appointment.request_id
WHERE appointment.state = 'booked' AND during && tstzrange(%(now)s::timestamptz, NULL) AND lower(during) > %(now)s::timestamptz
ORDER BY lower(during), appointment.id
