-- What a program that does not know a migration needs to know before it serves the tables that the migration left (docs/decisions/0010).
-- A migration that only expands writes here from which version on programs can go on; without its row they refuse to start.
CREATE TABLE schema_promises (
  script       text PRIMARY KEY,         -- the migration
  served_from  text NOT NULL             -- the last migration of the oldest program that it leaves in peace
) STRICT;
INSERT INTO schema_promises (script, served_from) VALUES ('0008_forgetting.sql', '0007_limits.sql');

-- The names of what was erased, so that nothing that is still under way brings it back.
CREATE TABLE tombstones (
  id           text PRIMARY KEY,  -- of a recording, of a contract of it, or of a session of its call
  recording_id text NOT NULL,
  created_at   integer NOT NULL,
  erased_at    integer NOT NULL,
  hash         text                      -- SHA-256, hexadecimal: of the last status body, of the contract; null for a session
) STRICT;

-- Callbacks are found by their session, applied or not, and thrown away by their age.
ALTER TABLE webhook_inbox ADD COLUMN recording_id text;           -- as the provider echoed it
CREATE INDEX webhook_inbox_session ON webhook_inbox (session_id, inbox_id);
CREATE INDEX webhook_inbox_received ON webhook_inbox (received_at);
DROP INDEX webhook_inbox_unapplied;
CREATE INDEX webhook_inbox_unapplied ON webhook_inbox (inbox_id) WHERE applied_at IS NULL;

-- What belongs to a recording is found by it; jobs that have ended, by their age.
CREATE INDEX voice_calls_recording ON voice_calls (recording_id);
CREATE INDEX voice_parties_recording ON voice_parties (recording_id);
CREATE INDEX processing_jobs_ended ON processing_jobs (created_at) WHERE due_at IS NULL;
