from django.db import migrations, models


class Migration(migrations.Migration):
    """What happened at the same instant is read in the order in which it was written."""

    dependencies = [("safety", "0005_a_plans_versions_stay")]

    operations = [
        migrations.AlterModelOptions("flagstep", {"ordering": ["at", "number", "id"]}),
        migrations.AddField("flagstep", "number", models.PositiveIntegerField(default=0)),
    ]
