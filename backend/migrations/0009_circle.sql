-- The circle of care: who may act for whom, since when, until when. `account_id` is whose circle it
-- is, `member_id` the relative's account, NULL once that was erased. `names_box` holds what each calls
-- the other; `ended_by` is who ended it, of the two or of the staff.
CREATE TABLE circle (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    member_id  TEXT   REFERENCES account (id),
    scope      TEXT   NOT NULL CHECK (scope IN ('see', 'act')),
    names_box  TEXT   NOT NULL,
    made       BIGINT NOT NULL,
    ended      BIGINT,
    ended_by   TEXT,
    CHECK (member_id IS NOT NULL OR ended IS NOT NULL),
    CHECK (member_id <> account_id)
);
CREATE UNIQUE INDEX circle_once ON circle (account_id, member_id) WHERE ended IS NULL;
CREATE INDEX circle_by_account ON circle (account_id, made);
CREATE INDEX circle_by_member ON circle (member_id) WHERE ended IS NULL;

-- A code with which a relative can come, once. Of the code only the keyed hash is kept.
CREATE TABLE circle_code (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    scope      TEXT   NOT NULL CHECK (scope IN ('see', 'act')),
    names_box  TEXT   NOT NULL,
    code_mac   TEXT   NOT NULL UNIQUE,
    made       BIGINT NOT NULL,
    used       BIGINT,
    ended      BIGINT
);
CREATE INDEX circle_code_by_account ON circle_code (account_id, made);

-- What was done by a bond: written before it is tried, `done` afterwards. `idem_key` is the key as the
-- account keeps it whose circle it is, by which a booking is found that was made; `subject` is what
-- stands in the address: a booking, a slot, a draw, a wish, a person.
CREATE TABLE circle_line (
    circle_id TEXT   NOT NULL REFERENCES circle (id),
    idem_key  TEXT   NOT NULL,
    deed      TEXT   NOT NULL,
    subject   TEXT,
    at        BIGINT NOT NULL,
    done      BIGINT,
    PRIMARY KEY (circle_id, idem_key)
);
CREATE INDEX circle_line_by_time ON circle_line (circle_id, at);
