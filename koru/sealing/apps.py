from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "koru.sealing"
    verbose_name = "Sealing"
