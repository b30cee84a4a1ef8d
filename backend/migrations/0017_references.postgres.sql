-- PostgreSQL looks references up row by row, and starts and ends a query for each: more than half of
-- what the bookings of a rush cost there. Those of the two tables in which a rush writes are looked up
-- once a statement instead, under the same locks and with the same error.
-- First what a batch of bookings locks first, so that this waits for one under way and not in a ring.
LOCK TABLE account, person, slot, booking, booking_person IN ACCESS EXCLUSIVE MODE;

ALTER TABLE booking DROP CONSTRAINT booking_account_id_fkey, DROP CONSTRAINT booking_slot_id_fkey;
ALTER TABLE booking_person DROP CONSTRAINT booking_person_booking_id_fkey,
                           DROP CONSTRAINT booking_person_person_id_fkey;

CREATE FUNCTION booking_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added
               WHERE NOT EXISTS (SELECT FROM account WHERE id = added.account_id FOR KEY SHARE)
                  OR NOT EXISTS (SELECT FROM slot WHERE id = added.slot_id FOR KEY SHARE)) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a booking of nobody or in no slot';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_refers AFTER INSERT ON booking REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION booking_refers();

CREATE FUNCTION booking_person_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added
               WHERE NOT EXISTS (SELECT FROM booking WHERE id = added.booking_id FOR KEY SHARE)
                  OR NOT EXISTS (SELECT FROM person WHERE id = added.person_id FOR KEY SHARE)) THEN
        RAISE foreign_key_violation USING MESSAGE = 'nobody, or somebody of no booking';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_person_refers AFTER INSERT ON booking_person REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION booking_person_refers();

-- What a row names, and what it is named by, never changes.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ' keeps its name and what it names';
END $$;
CREATE TRIGGER account_keeps BEFORE UPDATE OF id ON account FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER slot_keeps BEFORE UPDATE OF id ON slot FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER person_keeps BEFORE UPDATE OF id ON person FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER booking_keeps BEFORE UPDATE OF id, account_id, slot_id ON booking
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER booking_person_keeps BEFORE UPDATE OF booking_id, person_id ON booking_person
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- What is named in a table's column, the two arguments, is not deleted.
CREATE FUNCTION is_named() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM gone JOIN %1$I ON %1$I.%2$I = gone.id)', TG_ARGV[0], TG_ARGV[1])
        INTO named;
    IF named THEN
        RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ' is named in ' || TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER account_is_named AFTER DELETE ON account REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION is_named('booking', 'account_id');
CREATE TRIGGER slot_is_named AFTER DELETE ON slot REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION is_named('booking', 'slot_id');
CREATE TRIGGER booking_is_named AFTER DELETE ON booking REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION is_named('booking_person', 'booking_id');
CREATE TRIGGER person_is_named AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION is_named('booking_person', 'person_id');
