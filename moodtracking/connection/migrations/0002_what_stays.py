"""What was said of a meeting stays as it was said; a guess stays as it was guessed, and is by whom it was shared with."""

from django.db import migrations

ADD = """
    CREATE FUNCTION connection_said_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what was said of a meeting stays as it is' USING ERRCODE = 'check_violation';
    END $$;
    CREATE TRIGGER connection_said_stays BEFORE UPDATE ON connection_connectioncheckin FOR EACH ROW
        WHEN (ROW(OLD.client_id, OLD.appointment_id, OLD.therapist_id, OLD.answers, OLD.words, OLD.at, OLD.key)
              IS DISTINCT FROM ROW(NEW.client_id, NEW.appointment_id, NEW.therapist_id, NEW.answers, NEW.words, NEW.at, NEW.key))
        EXECUTE FUNCTION connection_said_stays();

    CREATE FUNCTION connection_guess_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a guess stays as it is' USING ERRCODE = 'check_violation';
    END $$;
    CREATE TRIGGER connection_guess_stays BEFORE UPDATE ON connection_guess FOR EACH ROW
        EXECUTE FUNCTION connection_guess_stays();

    CREATE FUNCTION connection_guess_is_about_shared() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM connection_connectioncheckin AS said
        WHERE said.id = NEW.check_in_id AND said.client_id = NEW.client_id AND said.therapist_id = NEW.therapist_id
              AND said.shared_at IS NOT NULL;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a guess is by whom it was shared with' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER connection_guess_is_about_shared BEFORE INSERT ON connection_guess FOR EACH ROW
        EXECUTE FUNCTION connection_guess_is_about_shared();

    ALTER TABLE connection_guess ADD CONSTRAINT guessed_or_looked_without CHECK (without = (length(answers) = 0));
"""
REMOVE = """
    ALTER TABLE connection_guess DROP CONSTRAINT guessed_or_looked_without;
    DROP TRIGGER connection_guess_is_about_shared ON connection_guess;
    DROP FUNCTION connection_guess_is_about_shared();
    DROP TRIGGER connection_guess_stays ON connection_guess;
    DROP FUNCTION connection_guess_stays();
    DROP TRIGGER connection_said_stays ON connection_connectioncheckin;
    DROP FUNCTION connection_said_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("connection", "0001_how_it_was")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
