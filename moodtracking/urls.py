from django.urls import path

from . import csv_views, holding_views, quick_views, small_views, together_views, trends_views, views
from .after_views import after

app_name = "moodtracking"
urlpatterns = [
    path("check-in/tap/", views.tap, name="tap"),
    path("check-in/after/", after, name="after"),
    path("check-in/raise/", holding_views.held, name="held"),
    path("check-in/quick/", quick_views.quick, name="quick"),
    path("check-in/quick/kept/", quick_views.kept, name="quick_kept"),
    path("check-in/quick/<str:link>/", quick_views.follow, name="quick_link"),
    path("check-in/symptoms/<uuid:symptom_id>/stop/", small_views.stop_asking, name="stop_asking"),
    path("check-in/<uuid:check_in_id>/", views.kept, name="kept"),
    path("check-in/<uuid:check_in_id>/edit/", views.edit, name="edit"),
    path("check-in/<uuid:check_in_id>/note/", views.note, name="note"),
    path("check-in/<uuid:check_in_id>/remove/", small_views.remove, name="remove"),
    path("check-in/<uuid:check_in_id>/undo/", small_views.bring_back, name="bring_back"),
    path("check-in/<uuid:check_in_id>/hold/", holding_views.hold, name="hold"),
    path("check-in/<uuid:check_in_id>/said/", holding_views.said, name="said"),
    path("check-in/<uuid:check_in_id>/show/", holding_views.let_be_seen, name="let_be_seen"),
    path("trends/", trends_views.trends, name="trends"),
    path("trends/days/", trends_views.days, name="days"),
    path("trends/sessions/", trends_views.around_sessions, name="around_sessions"),
    path("trends/together/", together_views.together, name="together"),
    path("trends/together/aside/", together_views.aside, name="set_aside"),
    path("trends/together/again/", together_views.again, name="show_again"),
    path("trends/csv/", csv_views.csv, name="csv_all"),
    path("trends/csv/<slug:code>/", csv_views.csv, name="csv"),
]
