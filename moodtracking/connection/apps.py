from django.apps import AppConfig
from django.core.checks import register


class ConnectionConfig(AppConfig):
    name = "moodtracking.connection"
    label = "connection"
    verbose_name = "Connection"

    def ready(self) -> None:
        from .lines import lines_are_sound

        register(lines_are_sound)
