from django.urls import path

from . import agreed_views

urlpatterns = [
    path("sessions/agreed/", agreed_views.agreed, name="agreed"),
    path("sessions/agreed/<uuid:agreed_id>/", agreed_views.turn_line, name="turn_agreed"),
    path("sessions/agreed/<uuid:agreed_id>/after-all/", agreed_views.after_all, name="agreed_after_all"),
    path("sessions/agreed/<uuid:agreed_id>/let-it-be/", agreed_views.let_it_be, name="agreed_let_it_be"),
]
