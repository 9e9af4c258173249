from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "koru.desk"
    verbose_name = "Desk"
