from django.conf import settings
from django.db import migrations, models

import koru.sealing.fields


class Migration(migrations.Migration):
    """Tokens of links are kept sealed; daily notes rest after five without an answer."""

    dependencies = [
        ("reminders", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("letter", "token", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="about")),
        migrations.AddField("preferences", "check_in_answered_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("preferences", "check_in_rests_since", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex("letter", models.Index(fields=["to", "due_at"], name="letters_of_a_reader")),
    ]
