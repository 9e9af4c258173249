"""Tests: the embedded servers of the test folder, unless others are given; everything real but the slow hasher."""

import os
from pathlib import Path

from koru.stack import embedded, home

from .base import INSTALLED_APPS, MIDDLEWARE, shared
from .environment import from_outside

here = home.of(os.environ) / "test"
worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")

settings = shared(
    from_outside(
        DATABASE_URL=home.database_url(here),
        REDIS_URL=home.valkey_url(here, number=int(worker) + 1),
        KORU_MAIL_URL="smtp://127.0.0.1:1",
        KORU_PG_PROGRAMS=embedded.programs(),
        KORU_PUBLIC_URL="https://koru.example.org",
        KORU_ALLOWED_HOSTS="testserver,localhost,127.0.0.1,koru.example.org",
        KORU_SECRET_KEY="test-" + "0" * 60,
        KORU_KEK="dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=",
        KORU_LOG_LEVEL="WARNING",
        KORU_CALENDAR_HOSTS="calendar.example.org",
        KORU_PUSH_KEY="dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q",
        KORU_PUSH_HOSTS="push.example.org",
        KORU_TEXTS_URL="sink",
        KORU_TEXTS_SECRET="test-" + "0" * 20,
        KORU_TEXTS_SIGNING="test-" + "1" * 20,
    )
)
settings |= {
    "KORU_SECOND_FACTOR": False,
    "INSTALLED_APPS": [*INSTALLED_APPS, "zeal"],
    "MIDDLEWARE": [*MIDDLEWARE, "zeal.middleware.zeal_middleware"],
    "ZEAL_RAISE": True,
    "TEST_NON_SERIALIZED_APPS": ["django.contrib.auth"],
    "ZEAL_ALLOWLIST": [
        {"model": "sessions.Session"},  # theirs, a row or two a session
        {"model": "usersessions.*"},
        {"model": "account.EmailAddress"},  # allauth asks twice at sign-in
        {"model": "contenttypes.ContentType"},  # kept by the process, and empty after a test that commits
        {"model": "sealing.DataKey", "field": "get()"},  # a new key each for two owners
    ],
    "KORU_GALLERY": True,
    "KORU_TEXTS_SINK": here / "texts",
    "KORU_TOMBSTONES": here / f"tombstones-{worker}",
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "WHITENOISE_AUTOREFRESH": True,
    "WHITENOISE_USE_FINDERS": True,
    "STORAGES": {
        **settings["STORAGES"],
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}

# Named here so that types are known where they are read.
KORU_CALENDAR_FILE: str
KORU_CALENDAR_HOSTS: list[str]
KORU_DECIDES_TOMORROW: str
KORU_DEMO: bool
KORU_GALLERY: bool
KORU_LESS_OFTEN: dict[str, str]
KORU_MOOD_TOLD: str
KORU_MOODS_TOLD: str
KORU_SECOND_FACTOR: bool
KORU_BROKER: str
KORU_HOME: Path
KORU_KEKS: list[bytes]
KORU_MEASURES: str
KORU_METRICS_TOKEN: str
KORU_PG_PROGRAMS: str
KORU_AT_ONCE: int
KORU_POOLED: bool
KORU_PUSH_HOSTS: list[str]
KORU_PUSH_KEY: str
KORU_PUBLIC_URL: str
KORU_ROOT: Path
KORU_TEXTS_SECRET: str
KORU_TEXTS_SIGNING: str
KORU_TEXTS_SINK: Path
KORU_TEXTS_URL: str
KORU_TOMBSTONES: Path

globals().update(settings)
