from django.urls import path

from . import heard_views, inbox_views, later_views, mailbox_views, number_views, push_views, sink_views, views, ways_views

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
    path("settings/notes/number/", number_views.give, name="give_number"),
    path("settings/notes/number/again/", number_views.again, name="code_again"),
    path("settings/notes/number/code/", number_views.code, name="say_code"),
    path("settings/notes/number/take-away/", number_views.take_away, name="take_number_away"),
    path("t/<str:short>/", number_views.text_link, name="text_link"),
    path("texts/heard/", heard_views.heard, name="texts_heard"),
    path("demo/texts/", sink_views.texts, name="texts"),
    path("demo/texts/answer/", sink_views.answer_text, name="answer_text"),
    path("demo/mailbox/", mailbox_views.mailbox, name="mailbox"),
    path("demo/mailbox/<slug:name>/", mailbox_views.mail, name="mail"),
    path("demo/mailbox/<slug:name>/html/", mailbox_views.mail_as_it_looks, name="mail_as_it_looks"),
]
