-- What is on record cannot be written around.

-- The hash of the request that left a line, as the key's answer has it: the same key with another
-- request is refused before anything is tried. Empty in lines from before.
ALTER TABLE circle_line ADD COLUMN body_hash TEXT NOT NULL DEFAULT '';
