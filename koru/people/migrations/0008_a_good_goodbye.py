"""A goodbye is done step by step, and the database lets none end before each was done or declined by its name."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import koru.moments.ids
import koru.sealing.fields

KEEP = """
CREATE FUNCTION people_ending_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE EXCEPTION 'a goodbye that was finished stays so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.ended_at IS NOT NULL AND (SELECT count(*) FROM people_endingstep WHERE ending_id = NEW.id) < 6
    THEN  -- six, as StepName names
        RAISE EXCEPTION 'each step is done or declined before a goodbye is finished' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ending_complete BEFORE INSERT OR UPDATE ON people_ending
    FOR EACH ROW EXECUTE FUNCTION people_ending_keeps();

CREATE FUNCTION people_endingstep_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR (NEW.name, NEW.outcome) IS DISTINCT FROM (OLD.name, OLD.outcome))
        AND EXISTS (SELECT 1 FROM people_ending WHERE id = NEW.ending_id AND (ended_at IS NOT NULL OR put_off_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'what was said at a goodbye stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER steps_stay BEFORE INSERT OR UPDATE ON people_endingstep
    FOR EACH ROW EXECUTE FUNCTION people_endingstep_keeps();

CREATE FUNCTION people_alliance_ends_well() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ended_as = 'goodbye'
        AND NOT EXISTS (SELECT 1 FROM people_ending WHERE alliance_id = NEW.id AND ended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an alliance ends with a goodbye once the goodbye is finished' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER alliance_ends_well BEFORE INSERT OR UPDATE ON people_alliance
    FOR EACH ROW EXECUTE FUNCTION people_alliance_ends_well();
"""
LET_GO = """
DROP TRIGGER alliance_ends_well ON people_alliance;
DROP FUNCTION people_alliance_ends_well();
DROP TRIGGER steps_stay ON people_endingstep;
DROP FUNCTION people_endingstep_keeps();
DROP TRIGGER ending_complete ON people_ending;
DROP FUNCTION people_ending_keeps();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_who_is_told"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ending",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("put_off_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EndingStep",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("last-session", "The last session"),
                            ("letter", "A letter from the therapist"),
                            ("letter-to-self", "A letter to oneself"),
                            ("export", "Words in one’s own hands"),
                            ("maintenance", "Keeping well afterwards"),
                            ("door", "The door stays open"),
                        ],
                        db_comment="plain: which step of a goodbye",
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("declined", "Left out")], db_comment="plain: done or declined", max_length=10
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("about", models.UUIDField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Farewell",
            fields=[
                ("id", models.UUIDField(default=koru.moments.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("words", koru.sealing.fields.SealedTextField(default=b"", owner="client_id")),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="alliance",
            name="ended_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("goodbye", "with a goodbye"),
                    ("another", "another therapist goes on"),
                    ("left", "the therapist leaves the practice"),
                    ("stopped", "the client stopped, and no goodbye was possible"),
                ],
                db_comment="plain: how it ended",
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="alliance",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_as", ""), ("until__isnull", False), _connector="OR"),
                name="how_it_ended_is_said_at_its_end",
            ),
        ),
        migrations.AddField(
            model_name="ending",
            name="alliance",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="endings", to="people.alliance"),
        ),
        migrations.AddField(
            model_name="ending",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="endings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ending",
            name="opened_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="endingstep",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="endingstep",
            name="ending",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="people.ending"),
        ),
        migrations.AddField(
            model_name="farewell",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="farewell",
            name="client",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="farewell",
            name="ending",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="farewell", to="people.ending"),
        ),
        migrations.AddIndex(
            model_name="ending",
            index=models.Index(fields=["client", "-opened_at"], name="endings_of_a_client"),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("put_off_at", None)), fields=("alliance",), name="one_ending_an_alliance"
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(("put_off_at", None), ("ended_at", None), _connector="OR"), name="ended_or_put_off"
            ),
        ),
        migrations.AddConstraint(
            model_name="endingstep",
            constraint=models.UniqueConstraint(fields=("ending", "name"), name="each_step_once"),
        ),
        migrations.AddConstraint(
            model_name="endingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__in", ["last-session", "letter", "letter-to-self", "export", "maintenance", "door"])),
                name="a_step_that_there_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="endingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["done", "declined"])), name="a_step_is_done_or_declined"
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
