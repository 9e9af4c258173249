"""What a therapist chose for one client to write about, and how deep prompts may go."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("journaling", "0001_entries_and_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assigned",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("prompt", "A prompt"), ("guide", "A guide"), ("question", "A question of your own")],
                        db_comment="plain: prompt, guide or question",
                        max_length=8,
                    ),
                ),
                ("named", models.SlugField(blank=True, db_comment="plain: slug of the prompt or guide", max_length=60)),
                ("question", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("assigned_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("key", models.UUIDField()),
                (
                    "assigned_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assigned", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "assigned",
                "indexes": [
                    models.Index(
                        condition=models.Q(("declined_at", None), ("done_at", None), ("ended_at", None)),
                        fields=["client", "assigned_at"],
                        name="assigned_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "question"), ("named", "")),
                            models.Q(models.Q(("kind", "question"), _negated=True), models.Q(("named", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assigned_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["prompt", "guide", "question"])), name="assigned_kind_is_known"
                    ),
                    models.UniqueConstraint(fields=("client", "key"), name="one_assigned_a_form"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("declined_at", None), ("done_at", None), ("ended_at", None), models.Q(("named", ""), _negated=True)
                        ),
                        fields=("client", "named"),
                        name="assigned_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Depth",
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
                ("ceiling", models.PositiveSmallIntegerField()),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ceiling__gte", 1), ("ceiling__lte", 3)), name="depth_is_one_to_three"
                    )
                ],
            },
        ),
    ]
