"""A clinic says how long a client can change their mind about being erased, and what it keeps by law."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_a_good_goodbye"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="erase_after_days",
            field=models.PositiveSmallIntegerField(
                default=14,
                help_text="How long a client can change their mind once they asked to be erased.",
                verbose_name="days before erasing",
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="kept_by_law_words",
            field=models.TextField(
                blank=True,
                db_comment="content: what the clinic keeps by law, as clients read it before they ask to be erased",
                help_text="What the clinic keeps by law outside Koru, where and for how long. Clients read it first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(("erase_after_days__range", (1, 60))),
                name="erasing_waits_some_days",
                violation_error_message="Between 1 and 60 days.",
            ),
        ),
    ]
