from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "koru.rights"
    label = "rights"
