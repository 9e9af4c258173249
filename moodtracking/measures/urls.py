from django.urls import path

from . import views

app_name = "measures"
urlpatterns = [
    path("", views.measures, name="measures"),
    path("<slug:slug>/", views.measure, name="measure"),
    path("<slug:slug>/begin/", views.begin, name="begin"),
    path("<slug:slug>/tap/", views.tap, name="tap"),
    path("kept/<uuid:response_id>/", views.kept, name="kept"),
    path("kept/<uuid:response_id>/correct/", views.correct, name="correct"),
]
