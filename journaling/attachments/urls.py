from django.urls import path

from . import one_views, step_views, views

app_name = "attachments"
urlpatterns = [
    path("journal/new/<slug:way>/", views.new, name="new"),
    path("journal/<uuid:entry_id>/add/<slug:way>/", views.add, name="add"),
    path("journal/walks/<uuid:walk_id>/<int:number>/with/<slug:way>/", step_views.at_step, name="at_step"),
    path("journal/with/<uuid:attachment_id>/", one_views.one, name="attachment"),
    path("journal/with/<uuid:attachment_id>/file/", one_views.file, name="attachment_file"),
    path("journal/with/<uuid:attachment_id>/small/", one_views.small, name="attachment_small"),
    path("journal/with/<uuid:attachment_id>/share/", one_views.join, name="join"),
    path("journal/with/<uuid:attachment_id>/remove/", one_views.remove, name="remove"),
    path("journal/with/<uuid:attachment_id>/undo/", one_views.bring_back, name="bring_back"),
]
