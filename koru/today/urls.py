from django.urls import path

from . import (
    asked_views,
    check_in_views,
    connection_views,
    goodbye_views,
    hello_views,
    keepsake_views,
    keepsake_words_views,
    plan_views,
    settings_views,
    views,
)

app_name = "today"
urlpatterns = [
    path("connection/", connection_views.connection, name="connection"),
    path("today/", views.today, name="today"),
    path("goodbye/", goodbye_views.goodbye, name="goodbye"),
    path("goodbye/keepsake/", keepsake_views.keepsake, name="keepsake"),
    path("goodbye/keepsake/parts/", keepsake_views.parts, name="keepsake_parts"),
    path("goodbye/keepsake/words/", keepsake_words_views.words, name="keepsake_words"),
    path("goodbye/keepsake/words/<uuid:entry_id>/", keepsake_words_views.entry, name="keepsake_entry"),
    path("goodbye/keepsake/as-page/", keepsake_views.as_page, name="keepsake_as_page"),
    path("goodbye/keepsake/as-pdf/", keepsake_views.as_pdf, name="keepsake_as_pdf"),
    path("goodbye/<slug:slug>/", goodbye_views.step, name="goodbye_step"),
    path("hello/", hello_views.own, name="hello"),
    path("hello/<str:hello_link>/", hello_views.by_link, name="hello_by_link"),
    path("safety-plan/share-last-part/", plan_views.share_last_part, name="share_last_part"),
    path("settings/", settings_views.settings, name="settings"),
    path("settings/who-looked/", settings_views.who_looked, name="who_looked"),
    path("settings/<slug:section>/", settings_views.keep, name="keep"),
    path("check-in/", check_in_views.check_in, name="check_in"),
    path("check-in/items/", asked_views.asked, name="asked"),
    path("check-in/items/rhythm/", asked_views.rhythm, name="rhythm"),
    path("check-in/items/rhythm/not-now/", asked_views.rhythm_stays, name="rhythm_stays"),
    path("check-in/items/<uuid:item_id>/agree/", asked_views.agree, name="agree_item"),
    path("check-in/items/<uuid:item_id>/retire/", asked_views.retire, name="retire_item"),
    path("check-in/items/measures/<uuid:assignment_id>/end/", asked_views.end_measure, name="end_measure"),
]
