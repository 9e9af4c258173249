"""Outside apps and resources, with the list of the clinical reference to begin from: written down from memory, so none is a link
until somebody of the clinic has opened its address."""

from typing import Any

from django.db import migrations, models

import koru.moments.ids

LIST = (
    ("Insight Timer", "A large free library, a timer, sleep", "free, paid extras", "", "https://insighttimer.com/"),
    ("Plum Village", "Mindfulness, gentle, walking", "free", "", "https://plumvillage.app/"),
    ("UCLA Mindful", "Short basics, several languages", "free", "", "https://www.uclahealth.org/uclamindful"),
    ("Healthy Minds Program", "A course in steps, awareness and connection", "free", "", "https://hminnovations.org/"),
    ("Smiling Mind", "Beginners, families", "free", "", "https://www.smilingmind.com.au/"),
    ("Medito", "Courses, sleep", "free", "No account needed.", "https://meditofoundation.org/"),
    (
        "Mindfulness Coach",
        "Mindfulness basics, by US Veterans Affairs",
        "free",
        "",
        "https://mobile.va.gov/app/mindfulness-coach",
    ),
    (
        "PTSD Coach",
        "Tools for hard moments, a safety plan, by US Veterans Affairs",
        "free",
        "",
        "https://mobile.va.gov/app/ptsd-coach",
    ),
    ("Headspace", "Structured courses", "paid", "", "https://www.headspace.com/"),
    ("Calm", "Sleep stories, music", "paid", "", "https://www.calm.com/"),
    ("Waking Up", "Talks and practice", "paid, free on request", "", "https://www.wakingup.com/"),
    ("Wavepaths", "Music for sessions and integration", "paid, or through therapists", "", "https://wavepaths.com/"),
)


def write_the_list(apps: Any, schema_editor: Any) -> None:
    resource = apps.get_model("practices", "Resource")
    resource.objects.bulk_create(
        resource(order=order, name=name, good_for=good_for, cost=cost, privacy=privacy, url=url)
        for order, (name, good_for, cost, privacy, url) in enumerate(LIST, 1)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0001_what_was_done_and_picked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(db_comment="content: its name", max_length=60, unique=True)),
                (
                    "good_for",
                    models.CharField(db_comment="content: what it is good for", max_length=120, verbose_name="good for"),
                ),
                ("cost", models.CharField(db_comment="content: what it costs, in words", max_length=60)),
                (
                    "privacy",
                    models.CharField(
                        blank=True,
                        db_comment="content: what it does with what people enter",
                        help_text="What it does with what people enter, in a sentence",
                        max_length=200,
                    ),
                ),
                ("url", models.URLField(blank=True, db_comment="content: where it is", verbose_name="address")),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="When somebody of the clinic last opened the address. Without it, it is no link.",
                        null=True,
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
            ],
            options={
                "verbose_name": "outside app or resource",
                "verbose_name_plural": "outside apps and resources",
                "ordering": ["order", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("checked_on", None), models.Q(("url", ""), _negated=True), _connector="OR"),
                        name="checked_resource_has_an_address",
                        violation_error_message="Give the address that was checked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), ("url__startswith", "https://"), _connector="OR"),
                        name="resource_address_is_safe",
                        violation_error_message="The address begins with https://.",
                    ),
                ],
            },
        ),
        migrations.RunPython(write_the_list, migrations.RunPython.noop),
    ]
