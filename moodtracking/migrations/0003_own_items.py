"""Questions in a client's own words, and whole numbers from 0 to 20 as the answers to them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields

OWN_ANSWERS = """
    NOT jsonb_path_exists(answers, '$.keyvalue() ? (
        @.key starts with "own:" && (@.value < 0 || @.value > 20 || @.value != @.value.floor())
    )')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moodtracking", "0002_answers_stay_on_their_scale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnItem",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("words", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                (
                    "scale",
                    models.CharField(
                        choices=[
                            ("amount", "How much: not there, a little, some, a lot, as strong as it gets"),
                            ("yes_no", "Yes or no"),
                            ("count", "How many times"),
                        ],
                        db_comment="plain: kind of its scale",
                        max_length=8,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("key", models.UUIDField()),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="own_items", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["proposed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 5)), name="five_own_items_at_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scale__in", ["amount", "yes_no", "count"])), name="own_item_scale_is_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("client", "place"), name="one_own_item_a_place"
                    ),
                    models.UniqueConstraint(fields=("client", "key"), name="one_own_item_a_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None)),
                            models.Q(
                                models.Q(
                                    ("proposed_by", models.F("client")), ("agreed_by", models.F("client")), _connector="XOR"
                                ),
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="own_item_is_agreed_by_the_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at", None), ("retired_by", None)),
                            models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="own_item_is_retired_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            f"ALTER TABLE moodtracking_checkin ADD CONSTRAINT own_answers_are_counts CHECK ({OWN_ANSWERS}) NOT VALID",
            "ALTER TABLE moodtracking_checkin DROP CONSTRAINT own_answers_are_counts",
        ),
        migrations.RunSQL("ALTER TABLE moodtracking_checkin VALIDATE CONSTRAINT own_answers_are_counts", migrations.RunSQL.noop),
    ]
