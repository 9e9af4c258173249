"""The clinic's own list of outside apps, for operators."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db import models

from .models import Resource

if TYPE_CHECKING:
    ResourceModelAdmin = admin.ModelAdmin[Resource]
else:
    ResourceModelAdmin = admin.ModelAdmin


@admin.register(Resource)
class ResourceAdmin(ResourceModelAdmin):
    list_display = ("name", "order", "good_for", "cost", "checked_on", "is_shown")
    list_filter = ("is_shown",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
