"""Who fetches a client, and the link by which they answer."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0017_busy_elsewhere"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TrustedPerson",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("email", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("phone", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("token", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("token_hash", models.CharField(db_comment="plain: look-up of a random token", max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("yes_to", models.DateTimeField(blank=True, null=True)),
                ("no_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trusted", to="scheduling.appointment"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "trusted people",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("yes_to", None), ("no_at", None), _connector="OR"), name="yes_or_no_not_both"
                    )
                ],
            },
        ),
    ]
