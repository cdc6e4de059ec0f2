-- A save tells by its own results what it wrote.
ALTER TABLE voice_recordings DROP COLUMN saved_by;

-- One index serves the timeline, and every callback writes two lines of it. (SQLite's key is the place of the row and costs nothing.)
ALTER TABLE voice_timeline DROP CONSTRAINT voice_timeline_pkey;
DROP INDEX voice_timeline_recording;
ALTER TABLE voice_timeline ADD PRIMARY KEY (recording_id, entry_id);

-- The digest is what a callback is known by; its number only tells the order.
ALTER TABLE webhook_inbox DROP CONSTRAINT webhook_inbox_pkey;
