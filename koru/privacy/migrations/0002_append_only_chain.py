"""The access log keeps itself: chained by the database, append only, whoever asks."""

from django.db import migrations

CHAIN = """
CREATE FUNCTION access_log_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head privacy_accesshead%ROWTYPE;
BEGIN
    INSERT INTO privacy_accesshead (client_id, seq, hash) VALUES (NEW.client_id, 0, ''::bytea)
        ON CONFLICT (client_id) DO NOTHING;
    SELECT * INTO head FROM privacy_accesshead WHERE client_id = NEW.client_id FOR UPDATE;
    NEW.seq := head.seq + 1;
    NEW.at := clock_timestamp();
    NEW.prev := head.hash;
    NEW.hash := sha256(head.hash || convert_to(
        jsonb_build_array(NEW.client_id, NEW.seq, NEW.actor_id, NEW.role, NEW.act, NEW.about, NEW.why,
                          extract(epoch FROM NEW.at))::text, 'UTF8'));
    UPDATE privacy_accesshead SET seq = NEW.seq, hash = NEW.hash WHERE client_id = NEW.client_id;
    RETURN NEW;
END $$;
CREATE TRIGGER access_log_chain BEFORE INSERT ON privacy_accessrow
    FOR EACH ROW EXECUTE FUNCTION access_log_chain();

CREATE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log is append only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON privacy_accessrow
    FOR EACH ROW EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON privacy_accessrow
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_refuse();
"""

UNCHAIN = """
DROP TRIGGER access_log_no_truncate ON privacy_accessrow;
DROP TRIGGER access_log_append_only ON privacy_accessrow;
DROP TRIGGER access_log_chain ON privacy_accessrow;
DROP FUNCTION access_log_refuse();
DROP FUNCTION access_log_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
