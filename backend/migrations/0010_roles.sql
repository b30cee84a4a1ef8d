-- Areas, and offices that look after one of them; teams and volunteers.

-- A city, its districts, their streets and towns. `path` names the way down to an area and ends in its own
-- identifier, `yangzhou/hanjiang/`: whatever lies below begins with it. `parent` is the path of the area
-- above, NULL for a city. A path is longer than that of its parent, so no area can lie in itself; and what
-- is moved is moved with all below it, or the transaction does not end.
CREATE TABLE area (
    id      TEXT   NOT NULL PRIMARY KEY CHECK (id NOT LIKE '%/%'),
    parent  TEXT   REFERENCES area (path) DEFERRABLE INITIALLY DEFERRED,
    path    TEXT   NOT NULL UNIQUE,
    name_zh TEXT   NOT NULL,
    name_en TEXT   NOT NULL DEFAULT '',
    sort    BIGINT NOT NULL DEFAULT 0,
    CHECK (path = COALESCE(parent, '') || id || '/')
);

-- In which area a centre lies; NULL: in its city, and nothing more is known.
ALTER TABLE centre ADD COLUMN area_id TEXT REFERENCES area (id);

-- Offices are for an area now, and a city is one. `demo` posts came with the demo: a server without one
-- takes them away. Until now those are known by not being on record, as every other gift of a post is.
CREATE TABLE staff_now (
    id         TEXT   NOT NULL PRIMARY KEY,
    phone_mac  TEXT   NOT NULL,
    account_id TEXT   REFERENCES account (id),
    sealed_box TEXT   NOT NULL,
    role       TEXT   NOT NULL CHECK (role IN ('staff', 'office', 'admin')),
    centre_id  TEXT   REFERENCES centre (id),
    area_id    TEXT   REFERENCES area (id),
    made       BIGINT NOT NULL,
    made_by    TEXT,
    suspended  BIGINT,
    demo       BIGINT NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    CHECK ((role = 'staff') = (centre_id IS NOT NULL)),
    CHECK ((role = 'office') = (area_id IS NOT NULL))
);
-- A team of a centre; one that was taken out has `sort` -1.
CREATE TABLE team (
    id        TEXT   NOT NULL PRIMARY KEY,
    centre_id TEXT   NOT NULL REFERENCES centre (id),
    name_zh   TEXT   NOT NULL,
    name_en   TEXT   NOT NULL DEFAULT '',
    about_zh  TEXT   NOT NULL,
    about_en  TEXT   NOT NULL DEFAULT '',
    sort      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX team_by_centre ON team (centre_id, sort);

-- Who is in a team, kept like a post: given to a telephone, `account_id` NULL until that signs in.
CREATE TABLE team_member (
    id         TEXT   NOT NULL PRIMARY KEY,
    phone_mac  TEXT   NOT NULL,
    account_id TEXT   REFERENCES account (id),
    sealed_box TEXT   NOT NULL,
    team_id    TEXT   NOT NULL REFERENCES team (id),
    made       BIGINT NOT NULL,
    made_by    TEXT,
    suspended  BIGINT,
    demo       BIGINT NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    UNIQUE (team_id, phone_mac)
);
CREATE INDEX team_member_by_account ON team_member (account_id) WHERE account_id IS NOT NULL;

-- A volunteer, one row for an account. `sealed_box` holds the name and what they like to help with.
-- `suspended` and `reason` are since when and why the desk suspended them. Who leaves goes with the row,
-- but for who is suspended: of them that alone stays, `ended` being when they left.
CREATE TABLE volunteer (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL UNIQUE REFERENCES account (id),
    centre_id  TEXT   NOT NULL REFERENCES centre (id),
    sealed_box TEXT   NOT NULL,
    made       BIGINT NOT NULL,
    suspended  BIGINT,
    reason     TEXT,
    ended      BIGINT,
    CHECK ((suspended IS NULL) = (reason IS NULL)),
    CHECK (ended IS NULL OR suspended IS NOT NULL)
);
CREATE INDEX volunteer_by_centre ON volunteer (centre_id, made);

-- A task may be a team's, or for volunteers.
ALTER TABLE task ADD COLUMN team_id TEXT REFERENCES team (id);
ALTER TABLE task ADD COLUMN volunteers_only BIGINT NOT NULL DEFAULT 0 CHECK (volunteers_only IN (0, 1));
CREATE INDEX task_by_team ON task (team_id, starts) WHERE team_id IS NOT NULL;

-- Only now: PostgreSQL changes no table while something of it is left to be checked at the end.
INSERT INTO area (id, path, name_zh, name_en, sort) SELECT id, id || '/', name_zh, name_en, sort FROM city;
INSERT INTO staff_now
    SELECT id, phone_mac, account_id, sealed_box, CASE role WHEN 'district' THEN 'office' ELSE role END,
           centre_id, city_id, made, made_by, suspended,
           CASE WHEN EXISTS (SELECT 1 FROM audit a WHERE a.subject = staff.id AND a.act = 'invite')
                THEN 0 ELSE 1 END
    FROM staff;
DROP TABLE staff;
ALTER TABLE staff_now RENAME TO staff;
CREATE UNIQUE INDEX staff_once ON staff (phone_mac, role, COALESCE(centre_id, area_id, ''));
CREATE INDEX staff_by_account ON staff (account_id) WHERE account_id IS NOT NULL;
