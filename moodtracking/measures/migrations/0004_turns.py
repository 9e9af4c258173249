"""Which tab told a filling-in last, and when: a tap that was overtaken on its way changes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_brought_along")]

    operations = [
        migrations.AddField(
            "response",
            "turn",
            models.CharField(blank=True, db_comment="plain: the tab that told it last, and when", default="", max_length=50),
        ),
    ]
