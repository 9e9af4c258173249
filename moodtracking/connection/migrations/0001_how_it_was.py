import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("scheduling", "0027_routines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConnectionCheckIn",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("answers", koru.sealing.fields.SealedJSONField(default=b"", owner="client_id")),
                ("words", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("with_words", models.BooleanField(default=False)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("ask_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("zone", models.CharField(db_comment="plain: the client's zone as they answered", max_length=64)),
                ("local_date", models.DateField()),
                ("key", models.UUIDField()),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="connection_check_in",
                        to="scheduling.appointment",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="connection_check_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "therapist",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ConnectionDraft",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("fields", koru.sealing.fields.SealedJSONField(default=b"", owner="client_id")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "appointment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scheduling.appointment"),
                ),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Guess",
            fields=[
                (
                    "check_in",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="guess",
                        serialize=False,
                        to="connection.connectioncheckin",
                    ),
                ),
                ("answers", koru.sealing.fields.SealedJSONField(default=b"", owner="client_id")),
                ("without", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "therapist",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "guesses",
            },
        ),
        migrations.AddIndex(
            model_name="connectioncheckin",
            index=models.Index(fields=["client", "-at"], name="connection_by_client_newest"),
        ),
        migrations.AddConstraint(
            model_name="connectioncheckin",
            constraint=models.UniqueConstraint(fields=("client", "key"), name="one_connection_a_form"),
        ),
        migrations.AddConstraint(
            model_name="connectioncheckin",
            constraint=models.CheckConstraint(
                condition=models.Q(("shared_at", None), ("ask_at", None), _connector="OR"),
                name="shared_connection_waits_for_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="connectioncheckin",
            constraint=models.CheckConstraint(
                condition=models.Q(("shared_at", None), ("taken_back_at", None), _connector="OR"),
                name="shared_connection_is_not_taken_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="connectiondraft",
            constraint=models.UniqueConstraint(fields=("client", "key"), name="one_connection_draft_a_form"),
        ),
    ]
