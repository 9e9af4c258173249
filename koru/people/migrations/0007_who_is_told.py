import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

THERAPISTS = {"is_active": True, "role": "therapist"}


class Migration(migrations.Migration):
    """A clinic's own rule of who is told, and when, where nobody has looked at a flag."""

    dependencies = [("people", "0006_somebody_covers")]

    operations = [
        migrations.AddField(
            "clinic",
            "next_on_call",
            models.ForeignKey(
                blank=True,
                help_text="Told too, once nobody has looked in time. Then the clinical leads, then a banner for admins.",
                limit_choices_to=THERAPISTS,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "clinic",
            "on_call_is_quiet",
            models.BooleanField(
                "quiet hours hold for who is on call too",
                default=False,
                help_text="Then nobody is told at night, and what is urgent waits for the clinic’s open hours.",
            ),
        ),
        migrations.AddField(
            "clinic",
            "urgent_minutes",
            models.PositiveSmallIntegerField(
                "minutes for what is urgent",
                default=60,
                help_text="How long who has to look may take. Then more people are told, and again at twice and four times.",
            ),
        ),
        migrations.AddField(
            "clinic",
            "prompt_minutes",
            models.PositiveSmallIntegerField(
                "minutes for what is prompt",
                default=240,
                help_text="Of the clinic’s open hours, until the clinical leads are told.",
            ),
        ),
        migrations.AlterField(
            "clinic",
            "no_cover_words",
            models.CharField(
                blank=True,
                db_comment="content: what clients read about the hours in which nobody looks",
                help_text="Needed when nobody is told at night: what clients read about nights and days off.",
                max_length=300,
            ),
        ),
        migrations.AddConstraint(
            "clinic",
            models.CheckConstraint(
                condition=Q(next_on_call=None) | Q(on_call=None) | ~Q(next_on_call=F("on_call")),
                name="next_on_call_is_another",
                violation_error_message="Choose somebody else than who is on call.",
            ),
        ),
        migrations.AddConstraint(
            "clinic",
            models.CheckConstraint(
                condition=Q(urgent_minutes__range=(5, 240), prompt_minutes__range=(15, 960))
                & Q(prompt_minutes__gte=F("urgent_minutes")),
                name="somebody_looks_within_hours",
                violation_error_message="Urgent: 5 to 240 minutes. Prompt: 15 to 960, and not sooner than urgent.",
            ),
        ),
    ]
