"""The site of operators, with what they have to know about flags on each page of it."""

from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest


class KoruSite(AdminSite):
    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from .flag_counts import count_flags

        context = super().each_context(request)
        return {**context, "flags": count_flags()} if self.has_permission(request) else context


class KoruAdmin(AdminConfig):
    default_site = "koru.care.admin_site.KoruSite"
