"""Production: https only, and never with the demo's secrets."""

import base64
import sys

from .base import shared
from .environment import from_outside

given = from_outside()
settings = shared(given)

if settings["SECRET_KEY"].startswith("demo-") or any(key.startswith(b"demo") for key in settings["KORU_KEKS"]):
    sys.exit("Koru can't start: these are the demo's secrets. Production needs its own KORU_SECRET_KEY and KORU_KEK.")
if base64.urlsafe_b64decode(given["KORU_PUSH_KEY"] + "==").startswith(b"demo"):
    sys.exit("Koru can't start: KORU_PUSH_KEY is the demo's. Production needs its own, or none.")
if given["KORU_TEXTS_URL"] == "sink":
    sys.exit("Koru can't start: KORU_TEXTS_URL is the demo's sink. Production needs a provider's address, or none.")
if not given["KORU_PUBLIC_URL"].startswith("https://"):
    sys.exit("Koru can't start: KORU_PUBLIC_URL has to begin with https:// in production.")

settings |= {
    "SESSION_COOKIE_NAME": "__Host-koru_session",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_NAME": "__Host-koru_csrf",
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": [r"^healthz$", r"^readyz$", r"^metrics$"],
    "SECURE_HSTS_PRELOAD": False,
    "SILENCED_SYSTEM_CHECKS": ["security.W021"],  # the policy asks for no preload: it binds subdomains we don't run
}
if given["KORU_TRUSTED_PROXIES"]:
    settings["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")

globals().update(settings)
