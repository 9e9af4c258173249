"""A change keeps the two starts that people were told; how long it is never changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0004_wall_times")]

    operations = [
        migrations.RemoveField("appointmentchange", "was"),
        migrations.RemoveField("appointmentchange", "became"),
        migrations.AddField("appointmentchange", "was", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("appointmentchange", "became", models.DateTimeField(null=True, blank=True)),
    ]
