from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "koru.reminders"
    verbose_name = "Reminders"
