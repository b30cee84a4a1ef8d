-- The second lock is asked for, the doors count, and centres are told of consents taken back.

-- When a session last did something in the workbench while its lock was open.
ALTER TABLE session ADD COLUMN worked BIGINT NOT NULL DEFAULT 0;

-- Wrong digits typed at doors: `id` is the account, `tries` how many since `since`.
CREATE TABLE door_try (
    id    TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL CHECK (tries >= 0)
);

-- Consents that were taken back: the centres that still expect the child are told.
CREATE INDEX consent_step_back ON consent_step (person_id) WHERE given = 0;
