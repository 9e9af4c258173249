"""Questions about what went together that their reader doesn't want to meet again."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids


class Migration(migrations.Migration):
    dependencies = [
        ("moodtracking", "0003_own_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(db_comment="plain: a keyed hash of the two things, no words", max_length=16)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "questions set aside",
                "constraints": [models.UniqueConstraint(fields=("client", "code"), name="set_aside_once")],
            },
        ),
    ]
