-- What the desk does for people without a telephone, and codes that nobody shall try.

-- At which desk somebody without a telephone was given a number, so that they are found again there by
-- their name when the slip is lost.
ALTER TABLE account ADD COLUMN centre_id TEXT;
UPDATE account SET centre_id = (
    SELECT a.centre_id FROM audit a JOIN person p ON p.id = a.person_id
    WHERE p.account_id = account.id AND a.act = 'circle' ORDER BY a.seq LIMIT 1)
WHERE id LIKE 'w%' AND phone_mac <> id AND erased IS NULL;
CREATE INDEX account_by_centre ON account (centre_id) WHERE centre_id IS NOT NULL;

-- Accounts of people who gave no telephone: they go by themselves some time after their last slot.
CREATE INDEX account_walk_in ON account (made) WHERE phone_mac = id;

-- How often an account has tried codes of others since then; `id` is the account.
CREATE TABLE invitation_try (
    id    TEXT   NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL CHECK (tries >= 0)
);
