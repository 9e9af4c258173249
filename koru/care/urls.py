from django.urls import path

from . import brief_views, plan_views, views

app_name = "care"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/brief/", brief_views.brief, name="brief"),
    path("<uuid:client_id>/brief/read/", brief_views.brief_read, name="brief_read"),
    path("<uuid:client_id>/charts/", brief_views.charts, name="charts"),
    path("<uuid:client_id>/entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("<uuid:client_id>/plan/", plan_views.plan, name="plan"),
    path("<uuid:client_id>/plan/<uuid:symptom_id>/retire/", plan_views.retire_symptom, name="retire_symptom"),
]
