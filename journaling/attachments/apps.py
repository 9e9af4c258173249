from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "journaling.attachments"
    label = "attachments"
    verbose_name = "Voice, drawings and photos"
