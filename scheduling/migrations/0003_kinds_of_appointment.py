"""The kinds a clinic starts with; it edits them afterwards."""

from typing import Any

from django.db import migrations

KINDS: list[dict[str, Any]] = [
    {"slug": "consultation", "name": "Free consultation", "minutes": 30, "after": 15, "visitor_may_book": True,
     "neutral_name": "Call", "lead_hours": 4, "change_hours": 2, "horizon_days": 28},
    {"slug": "preparation", "name": "Preparation meeting", "minutes": 50, "after": 10, "client_may_book": True},
    {"slug": "integration", "name": "Integration meeting", "minutes": 50, "after": 10, "client_may_book": True},
    {"slug": "dosing", "name": "Dosing session", "minutes": 150, "before": 15, "after": 30, "needs_room": True,
     "needs_consent": True, "needs_clearance": True, "client_may_book": True, "change_hours": 48},
    {"slug": "follow-up", "name": "Follow-up meeting", "minutes": 50, "after": 10, "client_may_book": True},
    {"slug": "closing", "name": "Closing conversation", "minutes": 50, "after": 10},
]  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    kind = apps.get_model("scheduling", "AppointmentKind")
    kind.objects.bulk_create([kind(**values) for values in KINDS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0002_padded_is_during_with_buffers")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
