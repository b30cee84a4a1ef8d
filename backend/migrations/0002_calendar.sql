-- A household's secret address for calendars. Of its token only the hash is kept.
CREATE TABLE calendar (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    token_hash TEXT   NOT NULL UNIQUE,
    made       BIGINT NOT NULL
);
