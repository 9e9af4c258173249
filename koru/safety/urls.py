from django.urls import path

from .views import help_now, help_worker

app_name = "safety"
urlpatterns = [
    path("help-now/", help_now, name="help_now"),
    path("help-now/worker.js", help_worker, name="help_worker"),
]
