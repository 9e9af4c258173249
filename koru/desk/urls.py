from django.urls import URLPattern, path

from . import appointment_views, book_views, client_views, hold_views, moving_views, paper_views, request_views, today_views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", today_views.today, name="today"),
    path("fresh/", today_views.fresh, name="fresh"),
    path("requests/", request_views.pipeline, name="requests"),
    path("requests/<uuid:request_id>/", request_views.one_request, name="request"),
    path("requests/<uuid:request_id>/held/", request_views.held, name="held"),
    path("requests/<uuid:request_id>/invite/", request_views.invite, name="invite_request"),
    path("requests/<uuid:request_id>/not-now/", request_views.not_now, name="not_now"),
    path("requests/<uuid:request_id>/no-answer/", request_views.no_answer, name="no_answer"),
    path("clients/", client_views.client_list, name="clients"),
    path("clients/invite/", request_views.invite_directly, name="invite"),
    path("clients/<uuid:client_id>/", client_views.client, name="client"),
    path("clients/<uuid:client_id>/contact/", client_views.contact, name="contact"),
    path("clients/<uuid:client_id>/clearance/", client_views.clearance, name="clearance"),
    path("clients/<uuid:client_id>/therapist/", client_views.therapist, name="therapist"),
    path("clients/<uuid:client_id>/therapist/<uuid:alliance_id>/end/", paper_views.part, name="part"),
    path("clients/<uuid:client_id>/consents/<slug:kind>/", paper_views.consent, name="consent"),
    path("clients/<uuid:client_id>/consents/<slug:kind>/withdraw/", paper_views.withdraw, name="withdraw"),
    path("book/", book_views.book_for, name="book"),
    path("book/hold/", hold_views.hold_time, name="hold"),
    path("book/longer/", hold_views.hold_time_longer, name="hold_longer"),
    path("book/let-go/", hold_views.let_time_go, name="let_go"),
    path("appointments/<uuid:appointment_id>/", appointment_views.appointment, name="appointment"),
    path("appointments/<uuid:appointment_id>/move/", appointment_views.move_for, name="move"),
    path("appointments/<uuid:appointment_id>/starts/", moving_views.starts, name="starts"),
    path("appointments/<uuid:appointment_id>/drop/", moving_views.drop, name="drop"),
    path("appointments/<uuid:appointment_id>/cancel/", appointment_views.cancel_for, name="cancel"),
    path("appointments/<uuid:appointment_id>/stays/", appointment_views.stays, name="stays"),
]
