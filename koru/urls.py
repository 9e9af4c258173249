"""Every address of Koru, by room."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from koru import health, metrics
from koru.desk.renewing import invitation_again

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", include("scheduling.urls")),
    path("", include("koru.practices.urls")),
    path("", include("koru.safety.urls")),
    path("", include("koru.people.urls")),
    path("", include("koru.reminders.urls")),
    path("", include("koru.privacy.urls")),
    path("", include("koru.rights.urls")),  # before today's: settings/<section>/ would take its names
    path("", include("koru.today.urls")),
    path("", include("journaling.finding_urls")),
    path("", include("journaling.urls")),
    path("", include("journaling.attachments.urls")),
    path("", include("moodtracking.urls")),
    path("measures/", include("moodtracking.measures.urls")),
    path("connection/", include("moodtracking.connection.urls")),
    path("", include("koru.care.own_urls")),
    path("care/", include("koru.care.urls")),
    path("desk/", include("koru.desk.urls")),
    path("invitation/<str:token>/again/", invitation_again, name="invitation_again"),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", secure_admin_login(admin.site.login)),  # the same limits and second factor as everywhere
    path("admin/", admin.site.urls),
]
if settings.KORU_DEMO or settings.KORU_GALLERY:
    urlpatterns += [path("ui/", include("koru.ui.urls"))]

handler400 = "koru.ui.errors.bad_request"
handler500 = "koru.ui.errors.server_error"
