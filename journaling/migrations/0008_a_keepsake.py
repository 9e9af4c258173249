import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("journaling", "0007_what_a_client_works_towards"),
        ("people", "0008_a_good_goodbye"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Keepsake",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="keepsake",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "left_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_comment="plain: parts of a keepsake", max_length=20),
                        blank=True,
                        db_comment="plain: which parts of the keepsake stay out",
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "left_out__contained_by",
                                ["intentions", "goals", "words", "mood", "measures", "sessions", "dates", "letter", "to-self"],
                            )
                        ),
                        name="parts_that_a_keepsake_has",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeepsakeWords",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("parts", koru.sealing.fields.SealedJSONField(blank=True, default=b"", owner="client_id")),
                ("chosen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "entry",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="journaling.entry"),
                ),
            ],
            options={
                "verbose_name_plural": "keepsake words",
                "indexes": [models.Index(fields=["client"], name="keepsake_words_by_client")],
            },
        ),
    ]
