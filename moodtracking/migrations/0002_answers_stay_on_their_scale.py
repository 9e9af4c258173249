"""Answers are small numbers on the scale of their question, whoever writes them; an absent key is a skipped one.

A question without a rule here (a clinic's own later one) still has to be a number from -10 to 100.
"""

from django.db import migrations

RULES = {
    "answers_are_numbers": """
        jsonb_typeof(answers) = 'object'
        AND NOT jsonb_path_exists(answers, 'strict $.* ? (@.type() != "number" || @ < -10 || @ > 100)')
    """,
    "mood_has_seven_steps": """
        NOT jsonb_path_exists(answers, '$.mood ? (@ < -3 || @ > 3 || @ != @.floor())')
    """,
    "scales_have_five_steps": """
        NOT jsonb_path_exists(answers, '$.keyvalue() ? (
            @.key like_regex "^(energy|tension|sleep_quality|connectedness|symptom:.*)$"
            && (@.value < 0 || @.value > 4 || @.value != @.value.floor())
        )')
    """,
    "side_effects_have_four_steps": """
        NOT jsonb_path_exists(answers, '$.keyvalue() ? (
            @.key starts with "side_effect:" && (@.value < 0 || @.value > 3 || @.value != @.value.floor())
        )')
    """,
    "hours_of_sleep_are_halves": """
        NOT jsonb_path_exists(answers, '$.sleep_hours ? (@ < 0 || @ > 14 || (@ * 2) != (@ * 2).floor())')
    """,
}


def add(name: str, rule: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE moodtracking_checkin ADD CONSTRAINT {name} CHECK ({rule})",
        f"ALTER TABLE moodtracking_checkin DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("moodtracking", "0001_initial")]

    operations = [add(name, rule) for name, rule in RULES.items()]
