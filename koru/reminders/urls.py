from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("reminders/stop/<str:signed>/", views.stop, name="stop"),
]
