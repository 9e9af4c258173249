"""What the clinic edits itself: its rooms, and the kinds of appointment with their lengths and notice. No record of anyone."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from .models import AppointmentKind, Room

if TYPE_CHECKING:
    RoomBase = admin.ModelAdmin[Room]
    KindBase = admin.ModelAdmin[AppointmentKind]
else:
    RoomBase = KindBase = admin.ModelAdmin


@admin.register(Room)
class RoomAdmin(RoomBase):
    """A room is closed, not deleted: appointments of before name it."""

    list_display = ("name", "zone", "address", "is_open")
    fields = ("name", "zone", "address", "is_open")

    def has_delete_permission(self, request: HttpRequest, obj: Room | None = None) -> bool:
        return False


@admin.register(AppointmentKind)
class AppointmentKindAdmin(KindBase):
    """The kinds are the house's, their numbers the clinic's. What is booked already keeps what it was booked with."""

    list_display = ("name", "minutes", "before", "after", "lead_hours", "change_hours", "horizon_days")
    fields = (
        "name",
        "neutral_name",
        "minutes",
        "before",
        "after",
        "grid",
        "client_may_book",
        "visitor_may_book",
        "lead_hours",
        "change_hours",
        "horizon_days",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AppointmentKind | None = None) -> bool:
        return False
