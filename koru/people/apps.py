from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "koru.people"
    verbose_name = "People"
