import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("journaling", "0005_the_day_of_a_draft"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.DateTimeField()),
                ("words", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="heard", to="journaling.entry"
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="heard", to="journaling.passage"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "heard",
                "indexes": [models.Index(fields=["client", "-at"], name="heard_by_client_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entry", None), ("passage", None), _connector="XOR"), name="heard_is_about_one_thing"
                    ),
                    models.UniqueConstraint(fields=("entry", "version", "by"), name="an_entry_is_heard_once_a_version"),
                    models.UniqueConstraint(fields=("passage", "by"), name="a_passage_is_heard_once"),
                ],
            },
        ),
    ]
