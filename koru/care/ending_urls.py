from django.urls import path

from . import ending_views, typing_views

urlpatterns = [
    path("<uuid:client_id>/ending/", ending_views.ending, name="ending"),
    path("<uuid:client_id>/ending/last/", ending_views.last_session, name="ending_last"),
    path("<uuid:client_id>/ending/letter/", ending_views.letter, name="ending_letter"),
    path("<uuid:client_id>/ending/letter/typed/", typing_views.plan, {"form_name": "farewell"}, name="ending_typed"),
    path("<uuid:client_id>/ending/not-yet/", ending_views.not_yet, name="ending_not_yet"),
    path("<uuid:client_id>/ending/end/", ending_views.end, name="ending_end"),
    path("<uuid:client_id>/ending/steps/<slug:slug>/", ending_views.step, name="ending_step"),
]
