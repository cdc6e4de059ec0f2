-- The repeats of a report are one line, and counted.
ALTER TABLE voice_timeline ADD COLUMN repeat_of text;           -- digest of the report that came again; null for everything else
ALTER TABLE voice_timeline ADD COLUMN times integer NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX voice_timeline_repeats ON voice_timeline (recording_id, repeat_of) WHERE repeat_of IS NOT NULL;

-- A final report named an address that does not count.
ALTER TABLE voice_recordings ADD COLUMN address_was_refused integer NOT NULL DEFAULT 0;
