-- The tables of the house, in words that SQLite and PostgreSQL both understand: texts, big
-- integers, checks, partial unique indexes. Instants are milliseconds since 1970 in UTC; days are
-- texts like 2026-07-01; bytes are kept as hexadecimal or base64 texts; details as JSON texts.

CREATE TABLE city (
    id      TEXT   NOT NULL PRIMARY KEY,
    name_zh TEXT   NOT NULL,
    name_en TEXT   NOT NULL DEFAULT '',
    sort    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE centre (
    id      TEXT   NOT NULL PRIMARY KEY,
    city_id TEXT   NOT NULL REFERENCES city (id),
    sort    BIGINT NOT NULL DEFAULT 0,
    details TEXT   NOT NULL
);
CREATE INDEX centre_by_city ON centre (city_id, sort);

-- What a centre offers again and again; `details` has the words and the rules.
CREATE TABLE offering (
    id        TEXT   NOT NULL PRIMARY KEY,
    centre_id TEXT   NOT NULL REFERENCES centre (id),
    kind      TEXT   NOT NULL,
    sort      BIGINT NOT NULL DEFAULT 0,
    retired   BIGINT NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    details   TEXT   NOT NULL
);
CREATE INDEX offering_by_centre ON offering (centre_id, sort);

-- One bookable unit. `meetings` is JSON: [{"starts":ms,"ends":ms},…], `starts` and `ends` are the
-- first and the last instant of it. `desk` places were given out at the counter before this system,
-- `counter` places are bookings that the counter made; both count as taken, and so do places that are
-- held for an offer. `kept` places are the counter's until `kept_until`. `due` is the next instant
-- at which time alone changes something, NULL for never. A slot whose places are drawn names its
-- draw; `drawn` says that it has been held. `queued` parties ever waited, `lifted` of them got an
-- offer or a place.
CREATE TABLE slot (
    id          TEXT   NOT NULL PRIMARY KEY,
    offering_id TEXT   NOT NULL REFERENCES offering (id),
    starts      BIGINT NOT NULL,
    ends        BIGINT NOT NULL CHECK (ends > starts),
    meetings    TEXT   NOT NULL,
    name_zh     TEXT,
    name_en     TEXT,
    capacity    BIGINT NOT NULL CHECK (capacity >= 0),
    desk        BIGINT NOT NULL DEFAULT 0 CHECK (desk >= 0),
    counter     BIGINT NOT NULL DEFAULT 0 CHECK (counter >= 0),
    taken       BIGINT NOT NULL DEFAULT 0,
    waiting     BIGINT NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    next_seq    BIGINT NOT NULL DEFAULT 1 CHECK (next_seq >= 1),
    opens       BIGINT NOT NULL,
    closes      BIGINT NOT NULL,
    kept        BIGINT NOT NULL DEFAULT 0 CHECK (kept >= 0),
    kept_until  BIGINT NOT NULL DEFAULT 0,
    due         BIGINT,
    queued      BIGINT NOT NULL DEFAULT 0 CHECK (queued >= 0),
    lifted      BIGINT NOT NULL DEFAULT 0 CHECK (lifted >= 0),
    draw_id     TEXT,
    drawn       BIGINT NOT NULL DEFAULT 0 CHECK (drawn IN (0, 1)),
    CHECK (taken BETWEEN desk + counter AND capacity)
);
CREATE INDEX slot_by_due ON slot (due) WHERE due IS NOT NULL;
CREATE INDEX slot_by_draw ON slot (draw_id) WHERE draw_id IS NOT NULL;
CREATE INDEX slot_by_offering ON slot (offering_id, starts);
CREATE INDEX slot_by_time ON slot (starts);

-- A phone number is kept twice: as a keyed hash to find it by, and sealed.
CREATE TABLE account (
    id        TEXT   NOT NULL PRIMARY KEY,
    phone_mac TEXT   NOT NULL UNIQUE,
    phone_box TEXT   NOT NULL,
    made      BIGINT NOT NULL
);

-- `sealed_box` holds name, date of birth and what else is personal. `consent` is the version of the
-- guardian's consent that is in force, 0 for none; `verified` is when the desk saw the papers, 0 for
-- never; `resident_of` is the centre in whose neighbourhood the person was seen to live.
CREATE TABLE person (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    relation   TEXT   NOT NULL,
    sealed_box TEXT   NOT NULL,
    sort       BIGINT NOT NULL DEFAULT 0,
    removed    BIGINT,
    consent    BIGINT NOT NULL DEFAULT 0 CHECK (consent >= 0),
    verified   BIGINT NOT NULL DEFAULT 0 CHECK (verified >= 0),
    resident_of TEXT
);
CREATE INDEX person_by_account ON person (account_id, sort);
CREATE UNIQUE INDEX person_myself ON person (account_id) WHERE relation = 'Myself';

-- Of the token only the hash is kept.
CREATE TABLE session (
    hash       TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    made       BIGINT NOT NULL,
    seen       BIGINT NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE login_code (
    id          TEXT   NOT NULL PRIMARY KEY,
    phone_mac   TEXT   NOT NULL,
    address_mac TEXT   NOT NULL,
    code_hash   TEXT   NOT NULL,
    made        BIGINT NOT NULL,
    tries       BIGINT NOT NULL DEFAULT 0,
    used        BIGINT
);
CREATE INDEX login_code_by_phone ON login_code (phone_mac, made);
CREATE INDEX login_code_by_address ON login_code (address_mac, made);
CREATE INDEX login_code_by_time ON login_code (made);

-- A party's place in a slot. `seq` is the order of the writes in that slot and of its waitlist.
-- `until` is when an offer lapses; `stop` is when a waiting party wants to be asked no more; `was`
-- is the state before it was given back, for the undo; `host` is the booking at whose table the party
-- sits, which then takes no place of its own; `counter` bookings were made by the desk; `reason` is
-- why the centre took a place back.
CREATE TABLE booking (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    slot_id    TEXT   NOT NULL REFERENCES slot (id),
    seq        BIGINT NOT NULL,
    size       BIGINT NOT NULL CHECK (size >= 1),
    people     BIGINT NOT NULL DEFAULT 1 CHECK (people >= 1),
    state      TEXT   NOT NULL CHECK (state IN ('confirmed', 'waitlisted', 'offered', 'declined',
                                                'lapsed', 'cancelled', 'withdrawn', 'attended',
                                                'missed')),
    until      BIGINT,
    stop       BIGINT,
    was        TEXT,
    shared     BIGINT NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    host       TEXT,
    counter    BIGINT NOT NULL DEFAULT 0 CHECK (counter IN (0, 1)),
    reason     TEXT,
    code       TEXT   NOT NULL,
    made       BIGINT NOT NULL,
    changed    BIGINT NOT NULL,
    idem_key   TEXT   NOT NULL,
    body_hash  TEXT   NOT NULL,
    UNIQUE (account_id, idem_key),
    UNIQUE (slot_id, seq),
    CHECK ((state = 'offered') = (until IS NOT NULL))
);
CREATE INDEX booking_waiting ON booking (slot_id, seq) WHERE state IN ('waitlisted', 'offered');

-- Nobody is in a slot twice: the second wall behind the rules.
CREATE TABLE booking_person (
    booking_id TEXT   NOT NULL REFERENCES booking (id),
    slot_id    TEXT   NOT NULL,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    place      BIGINT NOT NULL,
    live       BIGINT NOT NULL CHECK (live IN (0, 1)),
    PRIMARY KEY (booking_id, place)
);
CREATE UNIQUE INDEX booking_person_once ON booking_person (person_id, slot_id) WHERE live = 1;

-- `account_id` is NULL for a wish that came with the demo.
CREATE TABLE wish (
    id         TEXT   NOT NULL PRIMARY KEY,
    number     BIGINT NOT NULL UNIQUE,
    centre_id  TEXT   NOT NULL REFERENCES centre (id),
    account_id TEXT   REFERENCES account (id),
    category   TEXT   NOT NULL,
    text_zh    TEXT   NOT NULL,
    text_en    TEXT   NOT NULL DEFAULT '',
    made       BIGINT NOT NULL,
    supports   BIGINT NOT NULL DEFAULT 0 CHECK (supports >= 0)
);
CREATE INDEX wish_by_centre ON wish (centre_id, made);
CREATE INDEX wish_by_account ON wish (account_id, made);

CREATE TABLE wish_step (
    wish_id TEXT   NOT NULL REFERENCES wish (id),
    seq     BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    note_zh TEXT   NOT NULL DEFAULT '',
    note_en TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (wish_id, seq)
);

CREATE TABLE wish_support (
    wish_id    TEXT   NOT NULL REFERENCES wish (id),
    account_id TEXT   NOT NULL REFERENCES account (id),
    made       BIGINT NOT NULL,
    PRIMARY KEY (wish_id, account_id)
);

-- Something to lend a hand with; `claimed` never exceeds `needs`. `desk` hands were found at the
-- counter and count as claimed.
CREATE TABLE task (
    id        TEXT   NOT NULL PRIMARY KEY,
    centre_id TEXT   NOT NULL REFERENCES centre (id),
    details   TEXT   NOT NULL,
    starts    BIGINT NOT NULL,
    ends      BIGINT NOT NULL,
    needs     BIGINT NOT NULL CHECK (needs >= 1),
    desk      BIGINT NOT NULL DEFAULT 0 CHECK (desk >= 0),
    claimed   BIGINT NOT NULL DEFAULT 0,
    CHECK (claimed BETWEEN desk AND needs)
);
CREATE INDEX task_by_centre ON task (centre_id, starts);

CREATE TABLE task_claim (
    task_id    TEXT   NOT NULL REFERENCES task (id),
    account_id TEXT   NOT NULL REFERENCES account (id),
    made       BIGINT NOT NULL,
    PRIMARY KEY (task_id, account_id)
);
CREATE INDEX task_claim_by_account ON task_claim (account_id, made);

-- What keyed writes were answered, so that a retry is answered the same: all but new bookings, which
-- carry their keys themselves. For a booking that was given back `answer` is its identifier.
CREATE TABLE answered (
    account_id TEXT   NOT NULL,
    idem_key   TEXT   NOT NULL,
    body_hash  TEXT   NOT NULL,
    answer     TEXT   NOT NULL,
    made       BIGINT NOT NULL,
    PRIMARY KEY (account_id, idem_key)
);
CREATE INDEX answered_by_time ON answered (made);

-- Numbers that are given out one after the other.
CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

-- Goes up whenever something in a topic changes, so that other servers build their lists anew.
CREATE TABLE revision (
    topic TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
