from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "koru.sealing"
    verbose_name = "Sealing"

    def ready(self) -> None:
        from . import checks

        self.checks = checks
