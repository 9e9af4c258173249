"""A client's own list for keeping well, and the weeks in which a sign of it was there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_meeting_less_takes_a_yes"),
        ("safety", "0009_quiet_hellos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeepingChoice",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_shared", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="KeepingLine",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign", "an early sign"),
                            ("tell", "somebody to tell first"),
                            ("step", "a step for rough days"),
                        ],
                        db_comment="plain: an early sign, somebody to tell, a step",
                        max_length=4,
                    ),
                ),
                ("words", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("place", models.PositiveIntegerField()),
                ("apart", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("key", models.UUIDField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignSeen",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField()),
                ("apart", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="seen", to="safety.keepingline"),
                ),
            ],
            options={
                "verbose_name_plural": "signs seen",
            },
        ),
        migrations.AddConstraint(
            model_name="keepingline",
            constraint=models.UniqueConstraint(fields=("client", "key"), name="one_keeping_line_a_form"),
        ),
        migrations.AddConstraint(
            model_name="keepingline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("client", "kind", "place"), name="one_keeping_line_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="keepingline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["sign", "tell", "step"])), name="a_keeping_line_is_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="signseen",
            constraint=models.UniqueConstraint(fields=("line", "week"), name="a_sign_is_seen_once_a_week"),
        ),
    ]
