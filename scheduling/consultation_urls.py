"""Addresses of the public pages."""

from django.urls import URLPattern, path

from . import consultation_views as views

urlpatterns: list[URLPattern] = [
    path("", views.landing, name="landing"),
    path("consultation/", views.choose, name="consultation"),
    path("consultation/<str:token>/", views.link, name="consultation_link"),
    path("consultation/<str:token>/move/", views.move, name="consultation_move"),
    path("consultation/<str:token>/cancel/", views.cancel, name="consultation_cancel"),
    path("consultation/<str:token>/calendar.ics", views.calendar, name="consultation_calendar"),
]
