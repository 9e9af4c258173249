from django.urls import path

from . import mailbox_views, views

app_name = "reminders"
urlpatterns = [
    path("reminders/stop/<str:signed>/", views.stop, name="stop"),
    path("demo/mailbox/", mailbox_views.mailbox, name="mailbox"),
    path("demo/mailbox/<slug:name>/", mailbox_views.mail, name="mail"),
    path("demo/mailbox/<slug:name>/html/", mailbox_views.mail_as_it_looks, name="mail_as_it_looks"),
]
