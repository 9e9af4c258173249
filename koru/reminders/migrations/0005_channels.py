from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A letter a channel: each is claimed by itself, so that one that stands still holds up no other."""

    dependencies = [("reminders", "0004_letters_that_ask_can_rest")]

    operations = [
        migrations.AddField("letter", "read_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "preferences",
            "ways",
            models.JSONField(default=dict, db_comment="plain: channels that were chosen, by kind of letter"),
        ),
        migrations.AlterField(
            "letter",
            "channel",
            models.CharField(db_comment="plain: mail, inbox, push or text", default="mail", max_length=10),
        ),
        migrations.RemoveIndex("letter", "letters_to_send"),
        migrations.AddIndex(
            "letter",
            models.Index(
                condition=Q(sent_at=None, withdrawn_at=None, failed_at=None),
                fields=["channel", "try_at"],
                name="letters_to_send_by_channel",
            ),
        ),
    ]
