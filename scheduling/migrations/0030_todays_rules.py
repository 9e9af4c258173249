"""The tick of the day that the clinic reads says that the rules were read, too. Words that a clinic has changed stay."""

from typing import Any

from django.db import migrations

BEFORE, NOW = "I kept to the rule on food and drink", "I have read today's rules and keep to them: food, drink, medicines"


def say_both(apps: Any, schema_editor: Any) -> None:
    apps.get_model("scheduling", "ChecklistItem").objects.filter(about="fasting", words=BEFORE).update(words=NOW)


def say_one(apps: Any, schema_editor: Any) -> None:
    apps.get_model("scheduling", "ChecklistItem").objects.filter(about="fasting", words=NOW).update(words=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0029_a_note_for_the_word")]

    operations = [migrations.RunPython(say_both, say_one)]
