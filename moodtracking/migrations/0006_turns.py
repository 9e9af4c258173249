"""Which tab told a check-in last, and when: a tap that was overtaken on its way changes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moodtracking", "0005_held_back")]

    operations = [
        migrations.AddField(
            "checkin",
            "turn",
            models.CharField(blank=True, db_comment="plain: the tab that told it last, and when", default="", max_length=50),
        ),
    ]
