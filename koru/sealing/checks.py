from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from .starting import what_is_missing


@register(Tags.database)
def the_practices_keys_are_here(app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """`manage.py check --database default`, before anything is started on it."""
    found = what_is_missing() if databases else None
    return [Error(found, id="koru.sealing.E001")] if found else []
