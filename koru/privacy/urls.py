from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("waiting/let-go/", views.let_go, name="let_go"),
]
