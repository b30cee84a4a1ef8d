-- Taking one's data along, and being forgotten.

-- Accounts whose holders asked for them to be erased: until `until` they may think better of it.
CREATE TABLE leaving (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    asked      BIGINT NOT NULL,
    until      BIGINT NOT NULL CHECK (until > asked)
);
CREATE INDEX leaving_by_end ON leaving (until);

-- Which accounts were erased, as keyed digests of their identifiers. The same lines stand in the file
-- `erased` of the data folder, which a database that is brought back does not bring back.
CREATE TABLE erasure (
    digest TEXT   NOT NULL PRIMARY KEY,
    at     BIGINT NOT NULL
);

-- When an account was erased; what is left of it is its identifier.
ALTER TABLE account ADD COLUMN erased BIGINT;
