"""The demo: the embedded servers and secrets of KORU_HOME, unless others are given."""

import os

from koru.stack import embedded, home, secrets

from .base import shared
from .environment import from_outside

here = home.of(os.environ)
port = os.environ.get("PORT", "8000")

settings = shared(
    from_outside(
        **secrets.made_once(here),
        DATABASE_URL=home.database_url(here),
        REDIS_URL=home.valkey_url(here),
        KORU_MAIL_URL=home.mail_url(here),
        KORU_TEXTS_URL="sink",
        KORU_PG_PROGRAMS=embedded.programs(),
        KORU_PUBLIC_URL=f"http://127.0.0.1:{port}",
        KORU_ALLOWED_HOSTS="127.0.0.1,localhost,[::1]",
    )
)
settings |= {
    "KORU_SECOND_FACTOR": False,
    "KORU_DEMO": True,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True,
    "SECURE_HSTS_SECONDS": 0,
    "STATIC_ROOT": None,
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_MAX_AGE": 0,
    "STORAGES": {
        **settings["STORAGES"],
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}

globals().update(settings)
