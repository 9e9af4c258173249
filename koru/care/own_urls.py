"""Addresses of a client's own sight of their brief, beside their sessions."""

from django.urls import path

from . import own_brief_views

app_name = "brief"
urlpatterns = [
    path("sessions/<uuid:appointment_id>/brief/", own_brief_views.own_brief, name="own"),
    path("sessions/<uuid:appointment_id>/brief/take-back/", own_brief_views.take_back, name="take_back"),
]
