-- What is on record cannot be written around.

-- The hash of the request that left a line, as the key's answer has it: the same key with another
-- request is refused before anything is tried. Empty in lines from before.
ALTER TABLE circle_line ADD COLUMN body_hash TEXT NOT NULL DEFAULT '';

-- How often somebody at a desk has looked for people by a number: so many since `hour`, so many since
-- `day`. `id` is their account.
CREATE TABLE look_count (
    id      TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    hour    BIGINT NOT NULL,
    in_hour BIGINT NOT NULL CHECK (in_hour >= 0),
    day     BIGINT NOT NULL,
    in_day  BIGINT NOT NULL CHECK (in_day >= 0)
);

-- Which children somebody has just seen in the list of a slot.
CREATE INDEX audit_of_lists ON audit (account_id, subject, at) WHERE act = 'roster';

-- How often somebody has tried the second lock since `day`; who opens it takes that one try back.
ALTER TABLE staff_lock ADD COLUMN day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff_lock ADD COLUMN in_day BIGINT NOT NULL DEFAULT 0 CHECK (in_day >= 0);

-- A WeChat that signs one in is told among the devices.
CREATE TABLE device_line_now (
    account_id TEXT   NOT NULL REFERENCES account (id),
    step       TEXT   NOT NULL CHECK (step IN ('signed-in', 'ended', 'copy-found', 'bound', 'unbound')),
    device     TEXT   NOT NULL,
    at         BIGINT NOT NULL
);
INSERT INTO device_line_now (account_id, step, device, at)
SELECT account_id, step, device, at FROM device_line;
DROP TABLE device_line;
ALTER TABLE device_line_now RENAME TO device_line;
CREATE INDEX device_line_by_account ON device_line (account_id, at);

-- What something was done for is free text, and may name somebody: it is sealed. `id` is the number as a
-- text, by which sealed fields are found. Lines from before keep theirs in `purpose`.
ALTER TABLE audit ADD COLUMN id TEXT;
ALTER TABLE audit ADD COLUMN purpose_box TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_by_id ON audit (id) WHERE id IS NOT NULL;
