"""Anchors of the access log: appended each hour, changed by nobody."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER anchor_append_only BEFORE UPDATE OR DELETE ON privacy_anchor
    FOR EACH ROW EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER anchor_no_truncate BEFORE TRUNCATE ON privacy_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER anchored_head_append_only BEFORE UPDATE OR DELETE ON privacy_anchoredhead
    FOR EACH ROW EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER anchored_head_no_truncate BEFORE TRUNCATE ON privacy_anchoredhead
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_parked_forms")]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("heads", models.PositiveIntegerField()),
                ("digest", models.BinaryField(db_comment="plain: hash over its heads and the anchor before", max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="AnchoredHead",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("client_id", "seq", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("client_id", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField(db_comment="plain: hash of that row", max_length=32)),
                (
                    "anchor",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="privacy.anchor"),
                ),
            ],
        ),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
    ]
