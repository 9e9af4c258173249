"""Walks through guides, what was written at each step, and intentions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("journaling", "0002_chosen_by_a_therapist"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryPart",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("step", models.PositiveSmallIntegerField()),
                ("prompt", models.SlugField(db_comment="plain: which prompt it answers", max_length=60)),
                ("asked", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("text", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("key", models.UUIDField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("kept_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="journaling.entry"),
                ),
            ],
            options={
                "ordering": ["step", "id"],
                "constraints": [models.UniqueConstraint(fields=("entry", "prompt"), name="one_part_a_prompt")],
            },
        ),
        migrations.CreateModel(
            name="Intention",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("text", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("said_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("resting_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="intentions", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="intentions", to="journaling.entry"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["client", "-said_at"], name="intentions_by_client")],
            },
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("guide", models.SlugField(db_comment="plain: which guide", max_length=60)),
                ("at_step", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="walks", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="walk", to="journaling.entry"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["client", "-touched_at"], name="walks_by_client")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("client", "guide"), name="one_walk_at_a_time"
                    )
                ],
            },
        ),
    ]
