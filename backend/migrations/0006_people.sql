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
