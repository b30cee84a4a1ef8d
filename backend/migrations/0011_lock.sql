-- The second lock is asked for, and the doors count.

-- When a session last did something in the workbench while its lock was open.
ALTER TABLE session ADD COLUMN worked BIGINT NOT NULL DEFAULT 0;

-- Wrong digits typed at doors: `id` is the account, `tries` how many since `since`.
CREATE TABLE door_try (
    id    TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL CHECK (tries >= 0)
);
