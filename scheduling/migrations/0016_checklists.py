"""What to have ready for a session, line by line, and the client's own ticks."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids

LINES = (
    (
        "week",
        "escort",
        "Somebody I trust takes me home",
        (
            "Your clinic asks that somebody you trust takes you home. Please don't plan to drive yourself until "
            "the next day, after a full night's sleep."
        ),
    ),
    ("week", "", "The evening is free", ""),
    ("week", "", "Work and family know", ""),
    ("week", "questions", "The questions I bring are noted", ""),
    ("before", "", "Soft clothes, in layers", "An eye mask or a blanket too, if you like your own."),
    ("before", "", "Light food for the day is planned", ""),
    (
        "before",
        "",
        "I know my clinic's rules on food, drink and medicines",
        (
            "Your clinic asks you to stop eating [4] hours and drinking [2] hours before. About your own "
            "medicines, follow what your prescriber told you. Unsure? Call the clinic."
        ),
    ),
    ("before", "", "No alcohol or other substances", "Your clinic asks for none [24] hours before and after."),
    ("before", "", "My phone is charged", ""),
    ("before", "", "Music or silence: I have chosen", ""),
    ("before", "", "My bag: water, something to hold", ""),
    ("day", "fasting", "I kept to the rule on food and drink", ""),
    ("day", "", "Valuables stay at home", ""),
    ("day", "", "I leave in time to be there a little early", ""),
    ("day", "note", "Feeling ill, a fever, or a racing heart today?", "Call the clinic before you come."),
    (
        "day",
        "note",
        "Running late?",
        (
            "Call the clinic. You begin when you are here, and it ends as booked; if too little is left, you find "
            "another day together."
        ),
    ),
    ("after", "note", "At home, with somebody around.", "A quiet evening, light food, water."),
    (
        "after",
        "note",
        "No driving until tomorrow, after a full night's sleep.",
        "Big decisions, contracts and hard messages can wait too.",
    ),
    ("after", "note", "A line tonight, if you like.", "Tomorrow morning stays slow."),
    (
        "after",
        "note",
        "Chest pain, fainting, trouble breathing, or somebody who can't be woken easily:",
        "call your emergency number. For you and whoever is with you.",
    ),
)


def write(apps: Any, editor: Any) -> None:
    """clinical.md 1.4 and 7.5, as a first text: a clinic's prescriber approves its own before anybody relies on it."""
    kinds, items = (apps.get_model("scheduling", name) for name in ("AppointmentKind", "ChecklistItem"))
    if kind := kinds.objects.filter(pk="dosing").first():
        items.objects.bulk_create(
            items(kind=kind, shown=shown, about=about, words=words, rule=rule, place=place)
            for place, (shown, about, words, rule) in enumerate(LINES)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0015_what_stays_as_it_is"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "shown",
                    models.CharField(
                        choices=[
                            ("week", "In the week before"),
                            ("before", "The day before"),
                            ("day", "On the day"),
                            ("after", "Afterwards"),
                        ],
                        db_comment="plain: from when on it is shown",
                        max_length=10,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "A thing of the client's own"),
                            ("escort", "The way home"),
                            ("fasting", "The rule about food and drink"),
                            ("questions", "Questions to bring"),
                            ("note", "To read; nothing to tick"),
                        ],
                        db_comment="plain: what the clinic is told of it",
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(db_comment="content: the line itself", max_length=120)),
                ("rule", models.CharField(blank=True, db_comment="content: what the clinic asks, in its words", max_length=300)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("is_open", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "approved_by",
                    models.CharField(blank=True, db_comment="content: name and role of who approved it", max_length=120),
                ),
                ("approved_on", models.DateField(blank=True, null=True)),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checklist", to="scheduling.appointmentkind"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistTick",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ticks", to="scheduling.appointment"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scheduling.checklistitem"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="checklistitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", ""), ("approved_on", None)),
                    models.Q(models.Q(("approved_by", ""), _negated=True), ("approved_on__isnull", False)),
                    _connector="OR",
                ),
                name="approved_by_somebody_on_a_day",
                violation_error_message="Say who approved it and on which day, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__in", ["escort", "fasting"]), ("is_open", True)),
                fields=("kind", "about"),
                name="one_line_a_kind_tells_the_clinic",
                violation_error_message="There is such a line for this kind already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklisttick",
            constraint=models.UniqueConstraint(fields=("appointment", "item"), name="one_tick_a_line"),
        ),
        migrations.RunPython(write, migrations.RunPython.noop, elidable=False),
    ]
