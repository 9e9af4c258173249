import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.sealing.fields


class Migration(migrations.Migration):
    """Browsers that their owners let in, for as long as the sign-in lasts."""

    dependencies = [
        ("reminders", "0008_notes_thin_out"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("endpoint", koru.sealing.fields.SealedTextField(default=b"", owner="person_id")),
                ("p256dh", koru.sealing.fields.SealedTextField(default=b"", owner="person_id")),
                ("auth", koru.sealing.fields.SealedTextField(default=b"", owner="person_id")),
                ("let_in_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sessions.session"),
                ),
            ],
            options={"verbose_name": "device"},
        ),
    ]
