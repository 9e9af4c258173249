from django.urls import path

from .first_help_views import ask, call_me, first_help, step
from .views import help_now, help_worker

app_name = "safety"
urlpatterns = [
    path("help-now/", help_now, name="help_now"),
    path("help-now/worker.js", help_worker, name="help_worker"),
    path("ask-for-help/", ask, name="ask_for_help"),
    path("help-first/<uuid:flag_id>/", first_help, name="first_help"),
    path("help-first/<uuid:flag_id>/step/", step, name="first_help_step"),
    path("help-first/<uuid:flag_id>/call-me/", call_me, name="call_me"),
]
