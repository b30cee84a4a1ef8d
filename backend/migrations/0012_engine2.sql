-- Who was there, meeting by meeting; and draws that another guardian enters.

-- What is noted of each of a party at a meeting, counted from 1; no line where nothing is noted.
-- `noted` is when.
CREATE TABLE attendance (
    booking_id TEXT   NOT NULL REFERENCES booking (id),
    meeting    BIGINT NOT NULL CHECK (meeting >= 1),
    person_id  TEXT   NOT NULL REFERENCES person (id),
    mark       TEXT   NOT NULL CHECK (mark IN ('attended', 'absent', 'excused')),
    noted      BIGINT NOT NULL,
    PRIMARY KEY (booking_id, meeting, person_id)
);

-- Who came so far came to the only meeting there was. Of courses nobody knows any more to which.
INSERT INTO attendance (booking_id, meeting, person_id, mark, noted)
SELECT b.id, 1, bp.person_id, 'attended', b.changed
FROM booking b JOIN booking_person bp ON bp.booking_id = b.id JOIN slot s ON s.id = b.slot_id
WHERE b.state = 'attended' AND s.meetings NOT LIKE '%"starts"%"starts"%';

-- For which households an entry stands: those whose people it names. A household takes part once,
-- whoever enters its children: another guardian's entry is in the place of its own. A line goes when
-- the entry is taken back.
CREATE TABLE draw_house (
    draw_id      TEXT   NOT NULL REFERENCES draw (id),
    household_id TEXT   NOT NULL REFERENCES account (id),
    account_id   TEXT   NOT NULL REFERENCES account (id),
    PRIMARY KEY (draw_id, household_id)
);
CREATE INDEX draw_house_by_entry ON draw_house (draw_id, account_id);
CREATE INDEX draw_house_by_household ON draw_house (household_id);

INSERT INTO draw_house (draw_id, household_id, account_id)
SELECT draw_id, account_id, account_id FROM draw_entry WHERE withdrawn IS NULL;
