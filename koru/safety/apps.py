from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "koru.safety"
    verbose_name = "Safety"

    def ready(self) -> None:
        from . import checks

        self.checks = checks
