from django.urls import include, path

from . import brief_views, media_views, plan_urls, views

app_name = "care"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/brief/", brief_views.brief, name="brief"),
    path("<uuid:client_id>/brief/read/", brief_views.brief_read, name="brief_read"),
    path("<uuid:client_id>/charts/", brief_views.charts, name="charts"),
    path("<uuid:client_id>/entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("<uuid:client_id>/with/<uuid:attachment_id>/", media_views.one, name="attachment"),
    path("<uuid:client_id>/with/<uuid:attachment_id>/file/", media_views.file, name="attachment_file"),
    path("<uuid:client_id>/with/<uuid:attachment_id>/small/", media_views.small, name="attachment_small"),
    path("<uuid:client_id>/plan/", include(plan_urls.urlpatterns)),
]
