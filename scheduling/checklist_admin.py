"""What clients are asked to have ready, as the clinic writes it. A line goes out of use; ticks of before name it."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from .models import ChecklistItem

if TYPE_CHECKING:
    Base = admin.ModelAdmin[ChecklistItem]
else:
    Base = admin.ModelAdmin


@admin.register(ChecklistItem)
class ChecklistItemAdmin(Base):
    """A rule with words in [brackets] is shown to nobody until they are filled in and somebody has put their name to it."""

    list_display = ("words", "kind", "shown", "about", "place", "is_filled", "approved_by", "is_open")
    list_filter = ("kind", "shown", "is_open")
    fields = ("kind", "shown", "about", "words", "rule", "place", "is_open", "approved_by", "approved_on")

    @admin.display(boolean=True, description="Filled in")
    def is_filled(self, item: ChecklistItem) -> bool:
        return item.asks == item.rule

    def has_delete_permission(self, request: HttpRequest, obj: ChecklistItem | None = None) -> bool:
        return False
