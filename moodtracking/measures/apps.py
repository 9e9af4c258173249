from django.apps import AppConfig
from django.core.checks import register


class MeasuresConfig(AppConfig):
    name = "moodtracking.measures"
    label = "measures"
    verbose_name = "Measures"

    def ready(self) -> None:
        from .checks import measures_are_sound

        register(measures_are_sound)
