"""Who decided that an appointment outside the hours stays as it is, and when."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0014_hours_of_rooms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaysAsItIs",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("mark", models.CharField(db_comment="plain: digest of how it lies in the hours", max_length=32)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_as_it_is", to="scheduling.appointment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "appointments that stay as they are",
                "constraints": [models.UniqueConstraint(fields=("appointment", "mark"), name="stays_as_it_is_once")],
            },
        ),
    ]
