"""Addresses of the public pages."""

from django.urls import URLPattern, path

from . import consultation_link_views, consultation_views, sooner_link_views

urlpatterns: list[URLPattern] = [
    path("", consultation_views.landing, name="landing"),
    path("consultation/", consultation_views.choose, name="consultation"),
    path("consultation/<str:token>/", consultation_link_views.link, name="consultation_link"),
    path("consultation/<str:token>/move/", consultation_link_views.move, name="consultation_move"),
    path("consultation/<str:token>/sooner/", sooner_link_views.sooner, name="consultation_sooner"),
    path("consultation/<str:token>/cancel/", consultation_link_views.cancel, name="consultation_cancel"),
    path("consultation/<str:token>/calendar.ics", consultation_link_views.calendar, name="consultation_calendar"),
]
