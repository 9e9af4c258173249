from django.urls import path

from . import settings_views, views

app_name = "today"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("settings/", settings_views.settings, name="settings"),
    path("settings/who-looked/", settings_views.who_looked, name="who_looked"),
    path("settings/<slug:section>/", settings_views.keep, name="keep"),
]
