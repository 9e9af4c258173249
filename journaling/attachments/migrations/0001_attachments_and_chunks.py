import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journaling", "0001_entries_and_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("voice", "Voice note"), ("drawing", "Drawing"), ("photo", "Photo")],
                        db_comment="plain: voice, drawing or photo",
                        max_length=10,
                    ),
                ),
                ("media_type", models.CharField(db_comment="plain: what the bytes are, told from themselves", max_length=20)),
                ("size", models.PositiveIntegerField()),
                ("small_size", models.PositiveIntegerField(default=0)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("words", koru.sealing.fields.SealedTextField(blank=True, default=b"", owner="client_id")),
                ("apart", models.BooleanField(default=False)),
                ("key", models.UUIDField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="journaling.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Chunk",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "form",
                    models.CharField(
                        choices=[("whole", "Whole"), ("small", "Small")],
                        db_comment="plain: the whole or the small picture",
                        max_length=5,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "blob",
                    models.BinaryField(
                        db_comment="sealed: bytes under the client's data key, bound to their place among the others"
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="attachments.attachment"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["entry", "at"], name="attachments_by_entry"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("client", "key"), name="one_attachment_a_form"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["voice", "drawing", "photo"])), name="attachment_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="chunk",
            constraint=models.UniqueConstraint(fields=("attachment", "form", "number"), name="one_chunk_a_place"),
        ),
    ]
