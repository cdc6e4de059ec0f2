-- Messages are counted by number and by recording.
CREATE INDEX sms_outbox_phone ON sms_outbox (phone, created_at);
CREATE INDEX contracts_recording ON contracts (recording_id) WHERE recording_id IS NOT NULL;

-- Callers take turns: next is one of whoever was served longest ago.
ALTER TABLE processing_jobs ADD COLUMN caller text NOT NULL DEFAULT '';
ALTER TABLE processing_jobs ADD COLUMN taken_at bigint;           -- when somebody took it last
CREATE INDEX processing_jobs_caller ON processing_jobs (caller, taken_at);
