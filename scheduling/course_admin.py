"""What courses are made of: the clinic edits it. What is booked already stays as it was booked."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from .models import CourseStep, CourseTemplate

if TYPE_CHECKING:
    TemplateBase = admin.ModelAdmin[CourseTemplate]
    StepBase = admin.TabularInline[CourseStep, CourseTemplate]
else:
    TemplateBase, StepBase = admin.ModelAdmin, admin.TabularInline


class StepInline(StepBase):
    model = CourseStep
    extra = 1
    fields = ("position", "kind", "times", "least", "most", "grows_by", "spaced", "followed_by")


@admin.register(CourseTemplate)
class CourseTemplateAdmin(TemplateBase):
    """One that isn't offered any more is switched off, not deleted: courses of before name it."""

    list_display = ("name", "is_offered", "clients_may_propose")
    fields = ("slug", "name", "words", "is_offered", "clients_may_propose")
    inlines = (StepInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: CourseTemplate | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: CourseTemplate | None = None) -> bool:
        return False
