from django.db import migrations, models


class Migration(migrations.Migration):
    """A letter that answers what its reader has just done doesn't wait for the morning."""

    dependencies = [("reminders", "0002_sealed_token_and_check_in_rest")]

    operations = [migrations.AddField("letter", "asked", models.BooleanField(default=False))]
