-- Lotteries and ranked choices. A slot whose places are drawn names its draw in `slot.draw_id`.

-- What a draw is made from, again and again; `details` is JSON, relative to the day of making.
CREATE TABLE draw_plan (
    id        TEXT   NOT NULL PRIMARY KEY,
    centre_id TEXT   NOT NULL REFERENCES centre (id),
    details   TEXT   NOT NULL
);

-- One draw. The seed is sealed in `seed_box` until the draw is held; `commitment` is its SHA-256.
-- `entries` is how many take part; `result` is the file that everybody may read, as JSON.
CREATE TABLE draw (
    id         TEXT   NOT NULL PRIMARY KEY,
    centre_id  TEXT   NOT NULL REFERENCES centre (id),
    kind       TEXT   NOT NULL CHECK (kind IN ('lottery', 'ranked')),
    details    TEXT   NOT NULL,
    opens      BIGINT NOT NULL,
    closes     BIGINT NOT NULL CHECK (closes > opens),
    commitment TEXT   NOT NULL,
    seed_box   TEXT   NOT NULL,
    seed       TEXT,
    entries    BIGINT NOT NULL DEFAULT 0 CHECK (entries >= 0),
    drawn      BIGINT,
    result     TEXT,
    made       BIGINT NOT NULL,
    CHECK ((drawn IS NULL) = (seed IS NULL)),
    CHECK ((drawn IS NULL) = (result IS NULL))
);
CREATE INDEX draw_by_centre ON draw (centre_id, closes);
CREATE INDEX draw_due ON draw (closes) WHERE drawn IS NULL;

-- A household takes part once. `people` and `prefers` are JSON lists of identifiers; `lost` says that
-- it got no place; `fate` is what came of it, as JSON.
CREATE TABLE draw_entry (
    draw_id    TEXT   NOT NULL REFERENCES draw (id),
    account_id TEXT   NOT NULL REFERENCES account (id),
    tag        TEXT   NOT NULL,
    people     TEXT   NOT NULL,
    prefers    TEXT   NOT NULL,
    size       BIGINT NOT NULL CHECK (size >= 1),
    weight     BIGINT NOT NULL CHECK (weight >= 1),
    resident   BIGINT NOT NULL CHECK (resident IN (0, 1)),
    made       BIGINT NOT NULL,
    withdrawn  BIGINT,
    lost       BIGINT NOT NULL DEFAULT 0 CHECK (lost IN (0, 1)),
    fate       TEXT,
    booking_id TEXT,
    PRIMARY KEY (draw_id, account_id),
    UNIQUE (draw_id, tag)
);
CREATE INDEX draw_entry_by_account ON draw_entry (account_id);
