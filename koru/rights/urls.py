from django.urls import path

from . import correction_views, erase_views, export_views

OF_CLIENT = "rights/<uuid:client_id>/"

app_name = "rights"
urlpatterns = [
    path("settings/export/", export_views.export, name="export"),
    path("settings/export/progress/", export_views.progress, name="export_progress"),
    path("settings/export/<uuid:export_id>/file/", export_views.file, name="export_file"),
    path("settings/export/<uuid:export_id>/remove/", export_views.remove, name="export_remove"),
    path("settings/erase/", erase_views.erase, name="erase"),
    path("settings/erase/stay/", erase_views.stay, name="stay"),
    path("settings/put-right/", correction_views.put_right, name="put_right"),
    path("settings/put-right/<uuid:correction_id>/take-back/", correction_views.take_request_back, name="take_request_back"),
    path(OF_CLIENT, correction_views.of_client, name="of_client"),
    path(f"{OF_CLIENT}<uuid:correction_id>/", correction_views.answer_one, name="answer_request"),
    path(f"{OF_CLIENT}hold/", correction_views.hold, name="hold"),
    path(f"{OF_CLIENT}lift/", correction_views.lift, name="lift"),
]
