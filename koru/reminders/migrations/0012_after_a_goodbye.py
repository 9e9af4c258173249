from django.db import migrations

LET_GO = "DELETE FROM reminders_askingpause WHERE about IN (SELECT id FROM people_ending)"


class Migration(migrations.Migration):
    """What asks rests after a goodbye because of the goodbye itself: rows that said so a second time are needless."""

    dependencies = [("people", "0008_a_good_goodbye"), ("reminders", "0011_texts")]

    operations = [migrations.RunSQL(LET_GO, migrations.RunSQL.noop)]
