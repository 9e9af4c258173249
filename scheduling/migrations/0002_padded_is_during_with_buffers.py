"""What must not overlap is what is shown, with its buffers. A check, since a generated column is refused (not immutable)."""

from django.db import migrations

ADD = """
ALTER TABLE scheduling_appointment ADD CONSTRAINT padded_is_during_with_buffers CHECK (
    lower_inc(during) AND NOT upper_inc(during) AND NOT lower_inf(during) AND NOT upper_inf(during)
    AND padded = tstzrange(lower(during) - make_interval(mins => before), upper(during) + make_interval(mins => after))
)
"""
DROP = "ALTER TABLE scheduling_appointment DROP CONSTRAINT padded_is_during_with_buffers"


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]

    operations = [migrations.RunSQL(ADD, DROP)]
