-- Whether the centre called a slot off. One that only closed can still be come back to.
ALTER TABLE slot ADD COLUMN called_off BIGINT NOT NULL DEFAULT 0 CHECK (called_off IN (0, 1));

-- The queue of a slot ends when it starts: that is something time alone does, and is due then. A room to
-- live in has no time (1 January 2100 stands for none).
UPDATE slot SET due = starts
WHERE waiting > 0 AND starts < 4102358400000 AND (due IS NULL OR due > starts);
