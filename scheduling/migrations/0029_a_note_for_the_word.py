from django.db import migrations, models
from django.db.models import Q

NAMES = {"note_at": models.TimeField, "note_since": models.DateTimeField, "note_rests_since": models.DateTimeField}


class Migration(migrations.Migration):
    """When a note asks for a week's word, since when notes count as unanswered, and when they came to rest."""

    dependencies = [("scheduling", "0028_what_was_agreed")]

    operations = [
        migrations.AddField("routinechoice", "note_on", models.PositiveSmallIntegerField(blank=True, null=True)),
        *(migrations.AddField("routinechoice", name, field(blank=True, null=True)) for name, field in NAMES.items()),
        migrations.AddConstraint(
            "routinechoice",
            models.CheckConstraint(
                condition=Q(note_on=None, note_at=None, note_since=None, note_rests_since=None)
                | Q(note_on__isnull=False, note_on__in=[1, 2, 3, 4, 5, 6, 7], note_at__isnull=False, note_since__isnull=False),
                name="a_note_for_the_word_has_its_time",
            ),
        ),
    ]
