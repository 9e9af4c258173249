"""Check-ins that a client would rather raise themselves."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("moodtracking", "0004_questions_set_aside")]

    operations = [
        migrations.AddField("checkin", "held_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("checkin", "raised_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "checkin",
            models.CheckConstraint(condition=Q(held_at=None) | Q(kind="daily"), name="held_are_daily_check_ins"),
        ),
        migrations.AddConstraint(
            "checkin",
            models.CheckConstraint(condition=Q(raised_at=None) | Q(held_at__isnull=False), name="raised_are_held_check_ins"),
        ),
        migrations.AddIndex(
            "checkin",
            models.Index(condition=Q(held_at__isnull=False), fields=["client"], name="check_ins_held_back"),
        ),
    ]
