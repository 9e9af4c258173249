from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "koru.today"
    verbose_name = "Today"
