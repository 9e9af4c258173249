"""What the clinic edits itself: rooms and what is in them, kinds of appointment with their rules, and who can give what.

No record of anyone.
"""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from .checklist_admin import ChecklistItemAdmin
from .course_admin import CourseTemplateAdmin
from .models import AppointmentKind, Equipment, Room, Skill

__all__ = ["AppointmentKindAdmin", "ChecklistItemAdmin", "CourseTemplateAdmin", "EquipmentAdmin", "RoomAdmin", "SkillAdmin"]

if TYPE_CHECKING:
    RoomBase = admin.ModelAdmin[Room]
    KindBase = admin.ModelAdmin[AppointmentKind]
    EquipmentBase = admin.ModelAdmin[Equipment]
    SkillBase = admin.ModelAdmin[Skill]
else:
    RoomBase = KindBase = EquipmentBase = SkillBase = admin.ModelAdmin


@admin.register(Room)
class RoomAdmin(RoomBase):
    """A room is closed, not deleted: appointments of before name it."""

    list_display = ("name", "zone", "address", "is_open")
    fields = ("name", "zone", "address", "is_open", "equipment")
    filter_horizontal = ("equipment",)

    def has_delete_permission(self, request: HttpRequest, obj: Room | None = None) -> bool:
        return False


@admin.register(Equipment)
class EquipmentAdmin(EquipmentBase):
    list_display = ("name",)
    fields = ("name",)
    search_fields = ("name",)


@admin.register(AppointmentKind)
class AppointmentKindAdmin(KindBase):
    """The kinds are the house's, their rules the clinic's. What is booked already keeps what it was booked with."""

    list_display = ("name", "minutes", "before", "after", "second_person", "daily_cap", "lead_hours", "change_hours")
    fields = (
        ("name", "neutral_name", "price_words"),
        ("minutes", "before", "after", "grid"),
        ("in_room", "by_video", "by_phone"),
        "equipment",
        "second_person",
        ("needs_consent", "needs_clearance", "needs_escort", "needs_fasting"),
        ("client_may_book", "visitor_may_book"),
        ("lead_hours", "change_hours", "horizon_days"),
        ("rest_hours", "rest_days", "daily_cap"),
    )
    filter_horizontal = ("equipment",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AppointmentKind | None = None) -> bool:
        return False


@admin.register(Skill)
class SkillAdmin(SkillBase):
    """A therapist of whom nothing is said here leads every kind; nobody sits in who isn't named."""

    list_display = ("person", "kind", "part")
    list_filter = ("part", "kind")
    list_select_related = ("person", "kind")
    fields = ("person", "kind", "part")
    search_fields = ("person__display_name",)
