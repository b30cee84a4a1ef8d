-- Other ways to sign in, and devices.

-- A sign-in on a device: `id` is what it is called where its hash may not go, `device` what it looked
-- like. While a cookie is used it is replaced now and then: `next_hash` is the one that was handed out
-- and not seen yet, `past_hash` the one before, `turned` when the present one took its place.
ALTER TABLE session ADD COLUMN id TEXT;
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN next_hash TEXT;
ALTER TABLE session ADD COLUMN past_hash TEXT;
ALTER TABLE session ADD COLUMN turned BIGINT NOT NULL DEFAULT 0;
UPDATE session SET id = 's' || substr(hash, 1, 16);
CREATE UNIQUE INDEX session_by_id ON session (id);
CREATE UNIQUE INDEX session_by_next ON session (next_hash) WHERE next_hash IS NOT NULL;
CREATE UNIQUE INDEX session_by_past ON session (past_hash) WHERE past_hash IS NOT NULL;

-- What happened to an account's sign-ins, for its holder to see.
CREATE TABLE device_line (
    account_id TEXT   NOT NULL REFERENCES account (id),
    step       TEXT   NOT NULL CHECK (step IN ('signed-in', 'ended', 'copy-found')),
    device     TEXT   NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX device_line_by_account ON device_line (account_id, at);

-- The second lock of the workbench: one for an account, its `id`. The secret was drawn first; the lock
-- counts from `made` on. `last_step` is the code that was used last, `tries` how often somebody has
-- tried since `tried_since`.
CREATE TABLE staff_lock (
    id            TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    password_hash TEXT   NOT NULL DEFAULT '',
    secret_box    TEXT   NOT NULL,
    last_step     BIGINT NOT NULL DEFAULT 0,
    made          BIGINT,
    tried_since   BIGINT NOT NULL DEFAULT 0,
    tries         BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0)
);

-- Codes for the day on which the phone is lost; a used one goes.
CREATE TABLE staff_spare (
    hash       TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    made       BIGINT NOT NULL
);
CREATE INDEX staff_spare_by_account ON staff_spare (account_id);

-- Until when the lock is open in a session.
ALTER TABLE session ADD COLUMN unlocked BIGINT;

-- Whether the message with the code could not be sent.
ALTER TABLE login_code ADD COLUMN failed BIGINT NOT NULL DEFAULT 0 CHECK (failed IN (0, 1));

-- Coming back from WeChat: each address for it (`id` is the hash of its state) is good once, on
-- whichever server. Who was shown to us
-- and has no account yet is kept for a while under the hash of a cookie, until they are bound.
CREATE TABLE wechat_visit (
    id          TEXT   NOT NULL PRIMARY KEY,
    address_mac TEXT   NOT NULL,
    made        BIGINT NOT NULL,
    shown_hash  TEXT,
    openid_mac  TEXT,
    openid_box  TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX wechat_visit_by_address ON wechat_visit (address_mac, made);
CREATE UNIQUE INDEX wechat_visit_by_shown ON wechat_visit (shown_hash) WHERE shown_hash IS NOT NULL;

-- Who is signed in silently within WeChat, `id` being the digest of the openid: one WeChat for an account, and one account for a WeChat.
CREATE TABLE wechat_bond (
    id         TEXT   NOT NULL PRIMARY KEY,
    openid_box TEXT   NOT NULL,
    account_id TEXT   NOT NULL UNIQUE REFERENCES account (id),
    made       BIGINT NOT NULL
);

-- What WeChat lends to the whole house for two hours: its ticket for pages. `fetching` is until when
-- one server is at it.
CREATE TABLE wechat_loan (
    id         TEXT   NOT NULL PRIMARY KEY,
    ticket_box TEXT   NOT NULL,
    until      BIGINT NOT NULL,
    fetching   BIGINT NOT NULL
);
