from django.urls import path

from . import inbox_views, later_views, mailbox_views, push_views, views, ways_views

app_name = "reminders"
urlpatterns = [
    path("inbox/", inbox_views.inbox, name="inbox"),
    path("inbox/read/", inbox_views.read_all, name="read_all"),
    path("inbox/<uuid:note_id>/open/", inbox_views.open_note, name="open_note"),
    path("reminders/stop/<str:signed>/", views.stop, name="stop"),
    path("reminders/later/<str:signed>/", later_views.later, name="later"),
    path("sw.js", push_views.worker, name="push_worker"),
    path("settings/notes/", ways_views.ways, name="ways"),
    path("settings/notes/devices/", push_views.let_device_in, name="let_device_in"),
    path("settings/notes/devices/put-out/", push_views.put_device_out, name="put_device_out"),
    path("demo/mailbox/", mailbox_views.mailbox, name="mailbox"),
    path("demo/mailbox/<slug:name>/", mailbox_views.mail, name="mail"),
    path("demo/mailbox/<slug:name>/html/", mailbox_views.mail_as_it_looks, name="mail_as_it_looks"),
]
