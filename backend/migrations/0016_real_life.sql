-- What real life brings.

-- Whether the centre moved a meeting or called one off: then the files do not make the slot anew.
ALTER TABLE slot ADD COLUMN rescheduled BIGINT NOT NULL DEFAULT 0 CHECK (rescheduled IN (0, 1));

-- At which desk a guardian signed on paper, or had it taken back; NULL: in the app. Who signed stands
-- in the line on record.
ALTER TABLE consent_step ADD COLUMN centre_id TEXT;
