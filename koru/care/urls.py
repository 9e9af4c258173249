from django.urls import path

from . import (
    agreed_views,
    brief_views,
    flag_views,
    measure_views,
    media_views,
    note_urls,
    plan_urls,
    safety_plan_views,
    typing_views,
    views,
)

app_name = "care"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("people-today/", views.people_today, name="people_today"),
    path("flags/", flag_views.flags, name="flags"),
    path("flags/<uuid:flag_id>/", flag_views.flag, name="flag"),
    path("flags/<uuid:flag_id>/seen/", flag_views.seen, name="flag_seen"),
    path("flags/<uuid:flag_id>/done/", flag_views.done, name="flag_done"),
    path("flags/<uuid:flag_id>/safety-plan/", safety_plan_views.through_flag, name="flag_safety_plan"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/safety-plan/", safety_plan_views.safety_plan, name="safety_plan"),
    path("<uuid:client_id>/safety-plan/write/", safety_plan_views.write, name="safety_plan_write"),
    path("<uuid:client_id>/safety-plan/picture/", safety_plan_views.picture, name="safety_plan_picture"),
    path("<uuid:client_id>/safety-plan/draft/", typing_views.safety_plan, name="safety_plan_draft"),
    path("<uuid:client_id>/brief/", brief_views.brief, name="brief"),
    path("<uuid:client_id>/brief/read/", brief_views.brief_read, name="brief_read"),
    path("<uuid:client_id>/agreed/", agreed_views.agreed, name="agreed"),
    path("<uuid:client_id>/agreed/<uuid:agreed_id>/", agreed_views.turn_line, name="turn_agreed"),
    path("<uuid:client_id>/charts/", brief_views.charts, name="charts"),
    path("<uuid:client_id>/entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("<uuid:client_id>/passages/<uuid:passage_id>/", views.passage, name="passage"),
    path("<uuid:client_id>/with/<uuid:attachment_id>/", media_views.one, name="attachment"),
    path("<uuid:client_id>/with/<uuid:attachment_id>/file/", media_views.file, name="attachment_file"),
    path("<uuid:client_id>/with/<uuid:attachment_id>/small/", media_views.small, name="attachment_small"),
    path("<uuid:client_id>/measures/<uuid:response_id>/", measure_views.measure, name="measure"),
    *plan_urls.urlpatterns,
    *note_urls.urlpatterns,
]
