"""The clinic's own lines, for operators."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .help_now import forget
from .models import HelpLine

if TYPE_CHECKING:
    LineAdmin = admin.ModelAdmin[HelpLine]
else:
    LineAdmin = admin.ModelAdmin


@admin.register(HelpLine)
class HelpLineAdmin(LineAdmin):
    list_display = ("region", "order", "kind", "name", "call", "sms", "checked_on")
    list_filter = ("region", "kind")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: HelpLine, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget()
