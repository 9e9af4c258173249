"""At the start: whether every measure's file can be one, with the line of what can't."""

from typing import Any

from django.core.checks import CheckMessage, Error

from . import definitions, schedules


def measures_are_sound(app_configs: Any, **how: Any) -> list[CheckMessage]:
    try:
        definitions.everything()
        schedules.load()
    except definitions.ContentError as wrong:
        return [Error(str(wrong), id="measures.E001")]
    return []
