"""From one address to Django's or Celery's own way of saying it."""

from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

UNHEARD = {"tcp_user_timeout": 20_000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}  # over TCP
TIMEOUTS = "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"


def database(address: str, suffix: str = "") -> dict[str, Any]:
    """Django's settings of one PostgreSQL, with the time limits every connection has."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": TIMEOUTS, "connect_timeout": 5, **UNHEARD, **options},
        "TEST": {"NAME": f"test_{name}{suffix}"},
    }


def broker(address: str) -> str:
    """Celery's name for the same Valkey: it calls sockets redis+socket."""
    parts = urlsplit(address)
    if parts.scheme != "unix":
        return address
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?" + urlencode({"virtual_host": number})


def mail(address: str) -> dict[str, Any]:
    """Django's settings of where mail goes."""
    parts = urlsplit(address)
    usual = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or usual[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
