from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "koru.ui"
    verbose_name = "Components"
