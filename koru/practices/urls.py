from django.urls import path

from . import aside_views, done_views, elsewhere_views, views

app_name = "practices"
urlpatterns = [
    path("practices/", views.all_of_them, name="practices"),
    path("practices/helped/", done_views.helped, name="helped"),
    path("practices/elsewhere/", elsewhere_views.elsewhere, name="elsewhere"),
    path("practices/leave-out/", aside_views.leave_out, name="leave_out"),
    path("practices/done/<uuid:done_id>/", done_views.noted, name="noted"),
    path("practices/done/<uuid:done_id>/remove/", done_views.remove, name="remove"),
    path("practices/<slug:practice>/", views.one, name="practice"),
    path("practices/<slug:practice>/done/", done_views.done, name="done"),
    path("practices/<slug:practice>/not-this-one/", aside_views.not_this_one, name="not_this_one"),
    path("practices/<slug:practice>/back/", aside_views.bring_back, name="bring_back"),
]
