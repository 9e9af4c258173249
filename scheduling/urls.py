from django.urls import URLPattern, path

from . import booking_views, calendar_views, changing_views, consultation_urls, day_views, feed_views, hours_views, session_views

app_name = "scheduling"
urlpatterns: list[URLPattern] = [
    *consultation_urls.urlpatterns,
    path("calendar/<str:feed>.ics", feed_views.calendar_feed, name="feed"),
    path("settings/calendar/", feed_views.feed_page, name="feed_page"),
    path("settings/calendar/make/", feed_views.make, name="make_feed"),
    path("settings/calendar/renew/", feed_views.renew, name="renew_feed"),
    path("settings/calendar/stop/", feed_views.stop, name="stop_feed"),
    path("care/availability/", hours_views.availability, name="availability"),
    path("desk/hours/", hours_views.hours, name="hours"),
    path("hours/<uuid:whose_id>/week/", hours_views.keep_hours, name="keep_week"),
    path("hours/<uuid:whose_id>/weekly/", hours_views.add_hours, name="add_hours"),
    path("hours/weekly/<uuid:rule_id>/end/", hours_views.end_hours, name="end_hours"),
    path("hours/<uuid:whose_id>/days/", hours_views.add_different_days, name="add_days"),
    path("hours/<uuid:whose_id>/days/remove/", hours_views.remove_different_days, name="remove_days"),
    path("sessions/", session_views.sessions, name="sessions"),
    path("sessions/book/", booking_views.book_session, name="book"),
    path("sessions/book/hold/", booking_views.hold_time, name="hold"),
    path("sessions/book/longer/", booking_views.hold_time_longer, name="hold_longer"),
    path("sessions/book/let-go/", booking_views.let_time_go, name="let_go"),
    path("sessions/book/later/", booking_views.book_later, name="book_later"),
    path("sessions/book/no-more/", booking_views.book_no_more, name="book_no_more"),
    path("sessions/<uuid:appointment_id>/", session_views.session, name="session"),
    path("sessions/<uuid:appointment_id>/move/", changing_views.move_session, name="move"),
    path("sessions/<uuid:appointment_id>/cancel/", changing_views.cancel_session, name="cancel"),
    path("sessions/<uuid:appointment_id>/calendar.ics", calendar_views.calendar, name="calendar"),
    path("sessions/<uuid:appointment_id>/day/", day_views.fresh, name="day"),
    path("sessions/<uuid:appointment_id>/times/", day_views.times, name="times"),
    path("sessions/<uuid:appointment_id>/arrived/", day_views.arrived, name="arrived"),
    path("sessions/<uuid:appointment_id>/not-here/", day_views.not_here, name="not_here"),
    path("sessions/<uuid:appointment_id>/came/", day_views.came, name="came"),
    path("sessions/<uuid:appointment_id>/start/", day_views.start, name="start"),
    path("sessions/<uuid:appointment_id>/end/", day_views.end, name="end"),
    path("sessions/<uuid:appointment_id>/missed/", day_views.missed, name="missed"),
]
