from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "moodtracking.measures"
    label = "measures"
    verbose_name = "Measures"
