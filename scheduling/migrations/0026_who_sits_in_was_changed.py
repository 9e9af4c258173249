"""Who sits in is among what was done with an appointment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0025_what_keeps_together_is_looked_up"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointmentchange",
            name="what",
            field=models.CharField(
                choices=[
                    ("booked", "Booked"),
                    ("moved", "Moved"),
                    ("handed", "Given to another therapist"),
                    ("sits_in", "Who sits in was changed"),
                    ("cancelled", "Cancelled"),
                    ("arrived", "Arrived"),
                    ("started", "Started"),
                    ("ended", "Ended"),
                    ("missed", "Missed"),
                ],
                db_comment="plain: what was done",
                max_length=10,
            ),
        ),
    ]
