from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A note may be put off by its reader, and the one to check in may come less often."""

    dependencies = [("reminders", "0006_letters_that_did_not_arrive")]

    operations = [
        migrations.AddField("letter", "put_off", models.BooleanField(default=False)),
        migrations.AddField("preferences", "check_in_apart", models.PositiveSmallIntegerField(default=2)),
        migrations.AddConstraint(
            "preferences",
            models.CheckConstraint(condition=Q(check_in_apart__range=(2, 14)), name="notes_lie_days_apart"),
        ),
    ]
