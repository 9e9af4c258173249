"""A filled-in measure is evidence: once closed, the database refuses every change of it. A correction is a new one."""

from django.db import migrations

ADD = """
    CREATE FUNCTION measures_closed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a closed measure stays as it is: correct it by a new one' USING ERRCODE = 'check_violation';
    END $$;
    CREATE TRIGGER closed_fill_stays BEFORE UPDATE ON measures_response
        FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION measures_closed_stays();
"""
REMOVE = """
    DROP TRIGGER closed_fill_stays ON measures_response;
    DROP FUNCTION measures_closed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_measures_and_fills")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
