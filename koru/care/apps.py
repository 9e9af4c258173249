from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "koru.care"
    verbose_name = "Care"
