from django.urls import path

from . import note_views, typing_views

urlpatterns = [
    path("<uuid:client_id>/notes/", note_views.notes, name="notes"),
    path("<uuid:client_id>/notes/typed/", typing_views.plan, {"form_name": "note"}, name="note_typed"),
    path("<uuid:client_id>/notes/changed/", typing_views.plan, {"form_name": "renote"}, name="note_retyped"),
    path("<uuid:client_id>/notes/<uuid:own_note_id>/", note_views.note, name="note"),
    path("<uuid:client_id>/notes/<uuid:own_note_id>/asked/", note_views.note_asked, name="note_asked"),
]
