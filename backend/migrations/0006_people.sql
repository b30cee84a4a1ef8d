-- Consent of guardians and what the desk has seen. Both are kept for good, without names: who agreed to
-- which version and when, and who saw whose papers at which centre. What is in force stands in `person`.

CREATE TABLE consent_step (
    person_id  TEXT   NOT NULL REFERENCES person (id),
    seq        BIGINT NOT NULL,
    version    BIGINT NOT NULL CHECK (version >= 1),
    given      BIGINT NOT NULL CHECK (given IN (0, 1)),
    account_id TEXT   NOT NULL REFERENCES account (id),
    made       BIGINT NOT NULL,
    PRIMARY KEY (person_id, seq)
);

-- `identity` and `resident` are what was found: that the person is who the household says, and that
-- they live in the neighbourhood of the centre. `account_id` is the member of staff.
CREATE TABLE verification (
    person_id  TEXT   NOT NULL REFERENCES person (id),
    seq        BIGINT NOT NULL,
    centre_id  TEXT   NOT NULL REFERENCES centre (id),
    account_id TEXT   NOT NULL REFERENCES account (id),
    identity   BIGINT NOT NULL CHECK (identity IN (0, 1)),
    resident   BIGINT NOT NULL CHECK (resident IN (0, 1)),
    made       BIGINT NOT NULL,
    PRIMARY KEY (person_id, seq)
);

-- Another guardian of a child, of an account of their own, and until when. `ended_by` is who ended it.
CREATE TABLE guardian (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    account_id TEXT   NOT NULL REFERENCES account (id),
    scope      TEXT   NOT NULL CHECK (scope IN ('see', 'book')),
    made       BIGINT NOT NULL,
    ended      BIGINT,
    ended_by   TEXT
);
CREATE UNIQUE INDEX guardian_once ON guardian (person_id, account_id) WHERE ended IS NULL;
CREATE INDEX guardian_by_account ON guardian (account_id) WHERE ended IS NULL;

-- A code with which another guardian can come, once. Of the code only the keyed hash is kept.
CREATE TABLE guardian_code (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    scope      TEXT   NOT NULL CHECK (scope IN ('see', 'book')),
    code_mac   TEXT   NOT NULL UNIQUE,
    made       BIGINT NOT NULL,
    used       BIGINT,
    ended      BIGINT
);
CREATE INDEX guardian_code_by_person ON guardian_code (person_id, made);
