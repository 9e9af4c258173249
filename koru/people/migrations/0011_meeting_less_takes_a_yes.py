"""Meeting less often is proposed and takes the client's yes; what stood already counts as agreed then."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids

TAKE_ALONG = """
INSERT INTO people_spacing (id, client_id, weeks, monthly, proposed_by_id, proposed_at, ended_at, ended)
    SELECT id, client_id, weeks, false, set_by_id, since, since, 'agreed' FROM people_stage WHERE name = 'maintenance';
UPDATE people_stage SET agreed_id = id WHERE name = 'maintenance';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    lock_reason = "people_stage holds a row or two a client, and its few old ones have to be agreed before the constraint holds"
    dependencies = [
        ("people", "0010_break_glass"),
    ]

    operations = [
        migrations.CreateModel(
            name="SoonerAsk",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Spacing",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("weeks", models.PositiveSmallIntegerField()),
                ("monthly", models.BooleanField(default=False)),
                ("proposed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "agreed by the client"),
                            ("talk", "the client would rather talk about it"),
                            ("back", "taken back"),
                            ("changed", "something else was agreed or proposed"),
                        ],
                        db_comment="plain: what became of it",
                        max_length=8,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddField(
            model_name="stage",
            name="agreed",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.spacing"
            ),
        ),
        migrations.RunSQL(TAKE_ALONG, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed__isnull", False), models.Q(("name", "maintenance"), _negated=True), _connector="OR"),
                name="meeting_less_was_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="soonerask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seen_at", None)), fields=("client",), name="one_sooner_asked_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="soonerask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at", None), ("seen_by", None)),
                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="sooner_is_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="spacing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("client",), name="one_spacing_proposed"
            ),
        ),
        migrations.AddConstraint(
            model_name="spacing",
            constraint=models.CheckConstraint(condition=models.Q(("weeks__in", (4, 6, 8, 12))), name="a_spacing_is_one_of_four"),
        ),
        migrations.AddConstraint(
            model_name="spacing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", ""), ("ended_at", None)),
                    models.Q(("ended__in", ["agreed", "talk", "back", "changed"]), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_spacing_ends_somehow",
            ),
        ),
    ]
