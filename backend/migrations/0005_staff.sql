-- Who works where. A post is given to a telephone, kept like that of an account; `account_id` is NULL
-- until that telephone signs in. `sealed_box` holds what they are called and the number. `suspended`
-- is since when the post is taken away. `made_by` is the account that gave it, NULL for the command
-- line and the demo.
CREATE TABLE staff (
    id         TEXT   NOT NULL PRIMARY KEY,
    phone_mac  TEXT   NOT NULL,
    account_id TEXT   REFERENCES account (id),
    sealed_box TEXT   NOT NULL,
    role       TEXT   NOT NULL CHECK (role IN ('staff', 'district', 'admin')),
    centre_id  TEXT   REFERENCES centre (id),
    city_id    TEXT   REFERENCES city (id),
    made       BIGINT NOT NULL,
    made_by    TEXT,
    suspended  BIGINT,
    CHECK ((role = 'staff') = (centre_id IS NOT NULL)),
    CHECK ((role = 'district') = (city_id IS NOT NULL))
);
CREATE UNIQUE INDEX staff_once ON staff (phone_mac, role, COALESCE(centre_id, city_id, ''));
CREATE INDEX staff_by_account ON staff (account_id) WHERE account_id IS NOT NULL;

-- What the staff looked at and did: only ever added to. Every line names the keyed hash of the line
-- before and its own, so that what is changed, taken out or put in shows. `seq` counts from 1 without
-- a gap, as far as the counter `audit`. `account_id` is who, NULL for the command line; `subject` is a
-- slot or a post; `retry` is the key of the request, so that a retry is not noted twice.
CREATE TABLE audit (
    seq        BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id TEXT,
    act        TEXT   NOT NULL,
    person_id  TEXT,
    booking_id TEXT,
    centre_id  TEXT,
    subject    TEXT,
    purpose    TEXT   NOT NULL,
    retry      TEXT,
    prev       TEXT   NOT NULL,
    hash       TEXT   NOT NULL
);
CREATE INDEX audit_by_person ON audit (person_id, seq) WHERE person_id IS NOT NULL;
CREATE INDEX audit_by_centre ON audit (centre_id, seq) WHERE centre_id IS NOT NULL;
CREATE INDEX audit_by_retry ON audit (retry) WHERE retry IS NOT NULL;
