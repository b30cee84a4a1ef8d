-- What is told to a household, written in the transaction of what it tells of. `details` is JSON;
-- `sent` is when a channel outside the app has carried it, `seen` when it was read in the app.
CREATE TABLE notice (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    booking_id TEXT,
    kind       TEXT   NOT NULL,
    details    TEXT   NOT NULL,
    made       BIGINT NOT NULL,
    sent       BIGINT,
    seen       BIGINT
);
CREATE INDEX notice_by_account ON notice (account_id, made);
CREATE INDEX notice_unsent ON notice (made) WHERE sent IS NULL;

-- A party whose right to a slot was checked ahead of the rush. `people` is their identifiers as a
-- sorted JSON list; `resident` is what was found then; a void one opens nothing.
CREATE TABLE ticket (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    slot_id    TEXT   NOT NULL REFERENCES slot (id),
    people     TEXT   NOT NULL,
    resident   BIGINT NOT NULL CHECK (resident IN (0, 1)),
    made       BIGINT NOT NULL,
    voided     BIGINT
);
CREATE UNIQUE INDEX ticket_once ON ticket (account_id, slot_id) WHERE voided IS NULL;
