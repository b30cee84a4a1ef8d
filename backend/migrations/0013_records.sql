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
