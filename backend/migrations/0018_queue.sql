-- Whether the centre called a slot off. One that only closed can still be come back to.
ALTER TABLE slot ADD COLUMN called_off BIGINT NOT NULL DEFAULT 0 CHECK (called_off IN (0, 1));

-- All tickets for a slot become void where its first meeting is moved.
CREATE INDEX ticket_by_slot ON ticket (slot_id) WHERE voided IS NULL;

-- The queue of a slot ends when it starts. Of what had begun when anything was written last it
-- has ended; nobody is told of that now.
UPDATE booking_person SET live = 0 WHERE live = 1 AND booking_id IN
    (SELECT b.id FROM booking b JOIN slot s ON s.id = b.slot_id
     WHERE b.state = 'waitlisted' AND s.starts <= (SELECT MAX(changed) FROM booking));
UPDATE booking SET state = 'lapsed', was = 'waitlisted', changed = (SELECT starts FROM slot WHERE id = slot_id)
WHERE state = 'waitlisted' AND slot_id IN (SELECT id FROM slot WHERE starts <= (SELECT MAX(changed) FROM booking));
UPDATE slot SET waiting =
    (SELECT COUNT(*) FROM booking b WHERE b.slot_id = slot.id AND b.state = 'waitlisted')
WHERE waiting > 0;

-- For all others it is something that time alone does, and is due then. A room to live in has no time
-- (1 January 2100 stands for none).
UPDATE slot SET due = starts
WHERE waiting > 0 AND starts < 4102358400000 AND (due IS NULL OR due > starts);
