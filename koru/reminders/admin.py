"""Operators see that a letter exists and how it fares, never its words, links or whom it goes to by address."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from koru.people.permissions import person_of

from .models import Letter
from .not_arrived import send_again

if TYPE_CHECKING:
    LetterPages = admin.ModelAdmin[Letter]
else:
    LetterPages = admin.ModelAdmin

SEEN = ("kind", "state", "due_at", "try_at", "attempts", "handed_at", "sent_at", "withdrawn_at", "withdrawn_why")


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: LetterPages) -> list[tuple[str, str]]:
        return [(state, state) for state in ("not arrived", "waiting", "sent", "withdrawn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return {
            "not arrived": Letter.objects.not_arrived(),
            "waiting": Letter.objects.waiting(),
            "sent": queryset.exclude(sent_at=None),
            "withdrawn": queryset.exclude(withdrawn_at=None),
        }.get(self.value() or "", queryset)


@admin.register(Letter)
class LetterAdmin(LetterPages):
    """The dead letters and the live ones. The one deed: send those again that did not arrive."""

    list_display = (*SEEN[:5], "failure")
    list_filter = (StateFilter, "kind")
    fields = readonly_fields = (*SEEN, "failed_at", "bounced_at", "put_aside_at", "failure")
    ordering = ("-due_at",)
    actions = ("send_again",)
    show_full_result_count = False

    @admin.display(description="state")
    def state(self, letter: Letter) -> str:
        if letter.put_aside_at:
            return "put aside"
        if letter.failed_at or letter.bounced_at:
            return "come back" if letter.bounced_at else "given up"
        if letter.withdrawn_at:
            return "withdrawn"
        return "sent" if letter.sent_at else "waiting"

    @admin.action(description="Send again those that did not arrive", permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        again = send_again(queryset, by=person_of(request))
        self.message_user(request, f"{again} will be sent again within a minute.", messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Letter, form: Any, change: bool) -> None:
        """Nothing here is for changing. The row as this page read it would undo what a sender has noted since."""
