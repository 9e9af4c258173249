"""Logs: one JSON object a line, without paths, bodies, addresses or tokens."""

from typing import Any


def logging_to_lines(level: str, hook: str = "") -> dict[str, Any]:
    """To stderr, and errors to the function named by `hook` as well."""
    handlers: dict[str, Any] = {"lines": {"class": "logging.StreamHandler", "formatter": "line"}}
    if hook:
        handlers["hook"] = {"()": "koru.ui.logs.Hook", "function": hook}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "koru.ui.logs.JsonLine"}},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
            "gunicorn.http.wsgi": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.security": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }
