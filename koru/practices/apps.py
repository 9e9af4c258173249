from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "koru.practices"
    verbose_name = "Practices"
