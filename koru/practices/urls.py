from django.urls import path

from . import views

app_name = "practices"
urlpatterns = [
    path("practices/", views.all_of_them, name="practices"),
    path("practices/<slug:practice>/", views.one, name="practice"),
]
