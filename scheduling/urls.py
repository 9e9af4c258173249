from django.urls import URLPattern, path

from . import calendar_views, session_views

app_name = "scheduling"
urlpatterns: list[URLPattern] = [
    path("sessions/<uuid:appointment_id>/", session_views.session, name="session"),
    path("sessions/<uuid:appointment_id>/move/", session_views.session, name="move"),
    path("sessions/<uuid:appointment_id>/calendar.ics", calendar_views.calendar, name="calendar"),
]
