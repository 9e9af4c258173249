"""Who was erased stays so: no data key is made again for an owner who has a tombstone."""

from django.db import migrations, models

NO_KEY_AGAIN = """
CREATE FUNCTION no_key_for_the_buried() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('grave:' || NEW.owner, 0));
    IF EXISTS (SELECT 1 FROM sealing_tombstone WHERE owner = NEW.owner) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_key_for_the_buried BEFORE INSERT ON sealing_datakey
    FOR EACH ROW EXECUTE FUNCTION no_key_for_the_buried();
"""

A_KEY_FOR_ALL = """
DROP TRIGGER no_key_for_the_buried ON sealing_datakey;
DROP FUNCTION no_key_for_the_buried();
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("owner", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(NO_KEY_AGAIN, A_KEY_FOR_ALL),
    ]
