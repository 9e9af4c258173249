from django.urls import path

from . import views

app_name = "measures"
urlpatterns = [
    path("", views.measures, name="measures"),
    path("<slug:measure_slug>/", views.measure, name="measure"),
    path("<slug:measure_slug>/begin/", views.begin, name="begin"),
    path("<slug:measure_slug>/tap/", views.tap, name="tap"),
    path("kept/<uuid:response_id>/", views.kept, name="kept"),
    path("kept/<uuid:response_id>/correct/", views.correct, name="correct"),
    path("kept/<uuid:response_id>/bring/", views.bring, name="bring"),
]
