from django.apps import AppConfig


class MoodtrackingConfig(AppConfig):
    name = "moodtracking"
    verbose_name = "Mood tracking"
