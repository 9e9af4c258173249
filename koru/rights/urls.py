from django.urls import path

from . import export_views

app_name = "rights"
urlpatterns = [
    path("settings/export/", export_views.export, name="export"),
    path("settings/export/progress/", export_views.progress, name="export_progress"),
    path("settings/export/<uuid:export_id>/file/", export_views.file, name="export_file"),
    path("settings/export/<uuid:export_id>/remove/", export_views.remove, name="export_remove"),
]
