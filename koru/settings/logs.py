"""Logs: one JSON object a line, without paths, bodies, addresses or tokens."""

from typing import Any


def logging_to_lines(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "koru.ui.logs.JsonLine"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
            "gunicorn.http.wsgi": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.security": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }
