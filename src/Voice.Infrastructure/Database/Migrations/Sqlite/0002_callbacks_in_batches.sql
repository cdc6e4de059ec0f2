-- A save tells by its own results what it wrote.
ALTER TABLE voice_recordings DROP COLUMN saved_by;
