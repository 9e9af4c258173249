"""A long session is offered on the hour: a day of half hours is a wall of times to read."""

from typing import Any

from django.db import migrations


def on_the(grid: int) -> Any:
    def change(apps: Any, schema_editor: Any) -> None:
        apps.get_model("scheduling", "AppointmentKind").objects.filter(slug="dosing").update(grid=grid)

    return change


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0005_changes_keep_starts")]

    operations = [migrations.RunPython(on_the(60), on_the(30))]
