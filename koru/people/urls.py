from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
