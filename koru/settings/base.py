"""What demo, test and production share. Each of them calls `shared(values)` with its own configuration."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF

from . import accounts, addresses
from .logs import logging_to_lines

django_stubs_ext.monkeypatch()  # so that ModelAdmin[Letter] may be written in the code as types have it

ROOT = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "koru.care.admin_site.KoruAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_htmx",
    "koru.sealing",
    "koru.ui",
    "koru.people",
    "koru.privacy",
    "koru.reminders",
    "koru.safety",
    "koru.practices",
    "scheduling",
    "journaling",
    "journaling.attachments",
    "moodtracking",
    "moodtracking.measures",
    "moodtracking.connection",
    "koru.today",
    "koru.rights",
    "koru.care",
    "koru.desk",
]

MIDDLEWARE = [
    "koru.ui.logs.RequestLine",
    "koru.ui.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "koru.ui.room.Room",
    "koru.safety.stranger.AsStranger",
    "koru.sealing.keyring.KeyringMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "koru.privacy.signed_out.SignedOut",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "koru.privacy.veil.Veil",
    "koru.people.second_factor.SecondFactorRequired",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "koru.ui.errors.Unprocessable",
]

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "csp.context_processors.nonce",
    "koru.ui.context.shell",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # blob: a drawing or photo on its way, shown before it is kept
        "media-src": [SELF, "blob:"],  # blob: a recording, listened to before it is kept
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

FIXED: dict[str, Any] = {
    **{name: value for name, value in vars(accounts).items() if name.isupper()},
    "INSTALLED_APPS": INSTALLED_APPS,
    "MIDDLEWARE": MIDDLEWARE,
    "CONTENT_SECURITY_POLICY": CONTENT_SECURITY_POLICY,
    "DEBUG": False,
    "KORU_DEMO": False,
    "KORU_GALLERY": False,
    "KORU_MOOD_TOLD": "moodtracking.last_told.last_mood",  # asked by a room of the same floor
    "KORU_MOODS_TOLD": "moodtracking.last_told.daily_moods",  # the same
    "KORU_CALENDAR_FILE": "scheduling.mailed_calendar.file_of",  # asked by the outbox, a floor below
    "KORU_LESS_OFTEN": {"routine": "scheduling.routine_fewer.LESS"},  # the same, by kind of letter
    "KORU_DECIDES_TOMORROW": "scheduling.resting.waits_for",  # the same
    "KORU_ROOT": ROOT,
    "ROOT_URLCONF": "koru.urls",
    "WSGI_APPLICATION": "koru.wsgi.application",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "LANGUAGE_CODE": "en-us",
    "TIME_ZONE": "UTC",
    "USE_TZ": True,
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "SESSION_COOKIE_AGE": 30 * 24 * 3600,
    "SESSION_COOKIE_NAME": "koru_session",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_FAILURE_VIEW": "koru.privacy.refused.csrf_failure",
    "CSRF_COOKIE_NAME": "koru_csrf",
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CRISPY_ALLOWED_TEMPLATE_PACKS": ["koru"],
    "CRISPY_TEMPLATE_PACK": "koru",
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_500_000,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 500,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 2,
    "FILE_UPLOAD_HANDLERS": ["koru.ui.uploads.InMemory"],
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "X_FRAME_OPTIONS": "DENY",
    "STATIC_URL": "/static/",
    "STATIC_ROOT": ROOT / "staticfiles",
    "STATICFILES_DIRS": [ROOT / "static"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    },
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [ROOT / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
        }
    ],
}


def shared(values: dict[str, Any]) -> dict[str, Any]:
    """All settings that follow from the configuration, over the fixed ones."""
    home = Path(values["KORU_HOME"]).resolve()
    own_host = urlsplit(values["KORU_PUBLIC_URL"]).hostname
    return {
        **FIXED,
        **addresses.mail(values["KORU_MAIL_URL"]),
        "KORU_HOME": home,
        "KORU_TOMBSTONES": Path(values["KORU_TOMBSTONES"] or home / "tombstones").resolve(),
        "KORU_KEKS": values["KORU_KEK_FILE"] + values["KORU_KEK"],
        "KORU_PUBLIC_URL": values["KORU_PUBLIC_URL"],
        "SECRET_KEY": values["KORU_SECRET_KEY"],
        "ALLOWED_HOSTS": values["KORU_ALLOWED_HOSTS"] or [own_host],
        "ALLAUTH_TRUSTED_PROXY_COUNT": values["KORU_TRUSTED_PROXIES"],
        "DATABASES": {"default": addresses.database(values["DATABASE_URL"], values["KORU_TEST_SUFFIX"])},
        "CACHES": {"default": {"BACKEND": "koru.settings.cache.ValkeyOrMemory", "LOCATION": values["REDIS_URL"]}},
        "KORU_METRICS_TOKEN": values["KORU_METRICS_TOKEN"],
        "KORU_PG_PROGRAMS": values["KORU_PG_PROGRAMS"],
        "KORU_POOLED": values["KORU_POOLED"],
        "KORU_AT_ONCE": values["KORU_WEB_THREADS"] - 4,
        "KORU_CALENDAR_HOSTS": values["KORU_CALENDAR_HOSTS"],
        "KORU_PUSH_KEY": values["KORU_PUSH_KEY"],
        "KORU_PUSH_HOSTS": values["KORU_PUSH_HOSTS"],
        "KORU_TEXTS_URL": values["KORU_TEXTS_URL"],
        "KORU_TEXTS_SECRET": values["KORU_TEXTS_SECRET"],
        "KORU_TEXTS_SIGNING": values["KORU_TEXTS_SIGNING"],
        "KORU_TEXTS_SINK": home / "texts",
        "KORU_MEASURES": values["KORU_MEASURES"],
        "KORU_BROKER": addresses.broker(values["REDIS_URL"]),
        "DEFAULT_FROM_EMAIL": values["KORU_MAIL_FROM"],
        "SERVER_EMAIL": values["KORU_MAIL_FROM"],
        "MEDIA_ROOT": home / "media",
        "LOGGING": logging_to_lines(values["KORU_LOG_LEVEL"], values["KORU_ERROR_HOOK"]),
    }
