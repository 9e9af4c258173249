from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "koru.privacy"
    verbose_name = "Privacy"
