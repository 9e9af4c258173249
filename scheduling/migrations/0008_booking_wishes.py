"""A wish to book that comes too soon after a session is kept, to be asked again."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0007_what_the_clinic_edits_stays_sound"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookingWish",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="booking_wish",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("room", "Here, in a room"), ("video", "By video"), ("phone", "By phone")],
                        db_comment="plain: room, video or phone",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ask_at", models.DateTimeField()),
                (
                    "kind",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="scheduling.appointmentkind"),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name_plural": "booking wishes"},
        ),
    ]
