from django.urls import path

from . import views

app_name = "care"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/entries/<uuid:entry_id>/", views.entry, name="entry"),
]
