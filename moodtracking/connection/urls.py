from django.urls import path

from . import views

app_name = "connection"
urlpatterns = [
    path("after/<uuid:meeting_id>/", views.after, name="after"),
    path("after/<uuid:meeting_id>/typed/", views.typed, name="typed"),
    path("<uuid:connection_id>/", views.one, name="one"),
    path("<uuid:connection_id>/share/", views.share, name="share"),
    path("<uuid:connection_id>/take-back/", views.take_back, name="take_back"),
    path("<uuid:connection_id>/words/", views.keep_words, name="keep_words"),
]
