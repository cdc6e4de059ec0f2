-- Stored is the contract itself, not the answer that showed it; its agreement has a version, its messages are rows of their own, jobs say how far they are.
ALTER TABLE contracts RENAME TO contracts_before;
ALTER TABLE contract_parties RENAME TO contract_parties_before;
ALTER TABLE sms_outbox RENAME TO sms_outbox_before;

CREATE TABLE contracts (
  contract_id  text PRIMARY KEY,
  subject      text NOT NULL,            -- the recording or, without one, the audio and who talks in it
  recording_id text REFERENCES voice_recordings,
  canonical    text NOT NULL,            -- RFC 8785: what the contract's hash is taken of
  evidence     text NOT NULL,            -- JSON: what each term was read from
  summary      text NOT NULL,            -- as the parties were told
  status       text NOT NULL,            -- pending, confirmed, rejected, expired: follows from decisions and time; stored to be queried
  created_at   integer NOT NULL,
  confirm_by   integer NOT NULL,
  version      integer NOT NULL
) STRICT;

INSERT INTO contracts
SELECT contract_id,
  CASE WHEN recording_id IS NOT NULL THEN recording_id
    ELSE (body ->> '$.audio_sha256') || ' ' || (
      SELECT group_concat(phone, ' ') FROM (SELECT p.phone FROM contract_parties_before p WHERE p.contract_id = b.contract_id ORDER BY p.phone))
  END,
  recording_id, canonical, body -> '$.evidence', body ->> '$.contract_summary', status, created_at, confirm_by, 0
FROM contracts_before b;

-- Of the same call only the newest is live; those before it, made while roles or kind told contracts apart, stay as they are.
UPDATE contracts SET subject = subject || ' ' || contract_id
WHERE status IN ('pending', 'confirmed') AND EXISTS (
  SELECT 1 FROM contracts c WHERE c.subject = contracts.subject AND c.status IN ('pending', 'confirmed')
    AND (c.created_at, c.contract_id) > (contracts.created_at, contracts.contract_id));

-- Each party, what it said, and how often it tried to.
CREATE TABLE contract_parties (
  contract_id  text NOT NULL REFERENCES contracts,
  phone        text NOT NULL,
  position     integer NOT NULL,         -- in the contract
  attempts     integer NOT NULL DEFAULT 0,
  tried_at     integer,
  decision     text,                     -- confirmed or rejected
  decided_at   integer,
  PRIMARY KEY (contract_id, phone)
) STRICT;

INSERT INTO contract_parties
SELECT p.contract_id, p.phone, party.key, p.attempts, CASE WHEN p.attempts > 0 THEN b.created_at END, p.decision, p.decided_at
FROM contract_parties_before p
JOIN contracts_before b ON b.contract_id = p.contract_id
JOIN json_each(b.body, '$.parties') party ON party.value ->> '$.phone' = p.phone;

-- Text messages. One that is being posted when everything ends is left alone: it may have been accepted.
CREATE TABLE sms_outbox (
  message_id   text PRIMARY KEY,         -- says what the message is, so that nobody is sent the same thing twice
  contract_id  text NOT NULL REFERENCES contracts,
  phone        text NOT NULL,
  text         text,                     -- null: it asks to confirm, with a code that is nowhere in the clear
  code_hash    text,                     -- null until the code is sent
  state        text NOT NULL,            -- waiting, posting, accepted, refused, unknown
  detail       text,
  tries        integer NOT NULL,
  created_at   integer NOT NULL,
  due_at       integer                   -- null once there is nothing more to do
) STRICT;

INSERT INTO sms_outbox
SELECT o.contract_id || '/' || o.phone || '/1', o.contract_id, o.phone, NULL, p.code_hash, o.state, o.detail, o.tries, b.created_at, o.due_at
FROM sms_outbox_before o
JOIN contract_parties_before p ON p.contract_id = o.contract_id AND p.phone = o.phone
JOIN contracts_before b ON b.contract_id = o.contract_id;

DROP TABLE sms_outbox_before;
DROP TABLE contract_parties_before;
DROP TABLE contracts_before;
CREATE UNIQUE INDEX contracts_live ON contracts (subject) WHERE status IN ('pending', 'confirmed');
CREATE INDEX contracts_pending ON contracts (confirm_by) WHERE status = 'pending';
CREATE INDEX contract_parties_phone ON contract_parties (phone);
CREATE INDEX sms_outbox_party ON sms_outbox (contract_id, phone, created_at);
CREATE INDEX sms_outbox_due ON sms_outbox (due_at) WHERE due_at IS NOT NULL;

ALTER TABLE processing_jobs ADD COLUMN request_digest text NOT NULL DEFAULT '';
ALTER TABLE processing_jobs ADD COLUMN step text;
ALTER TABLE processing_jobs ADD COLUMN done real;
ALTER TABLE processing_jobs ADD COLUMN failure_kind text;   -- invalid, conflict, unavailable
ALTER TABLE processing_jobs ADD COLUMN missing_since integer;
ALTER TABLE processing_jobs ADD COLUMN version integer NOT NULL DEFAULT 0;
UPDATE processing_jobs SET
  request_digest = job_id,
  failure_kind = CASE WHEN failure IS NOT NULL THEN 'invalid' END,
  request = json_object(
    'recording_id', request ->> '$.recording.recording_id',
    'audio_url', request ->> '$.recording.audio_url',
    'upload', CASE WHEN request ->> '$.upload.path' IS NOT NULL
      THEN json_object('path', request ->> '$.upload.path', 'sha256', request ->> '$.upload.sha256') END,
    'parties', json(COALESCE(request -> '$.recording.parties', request -> '$.upload.details.parties')),
    'contract_type', COALESCE(request ->> '$.recording.contract_type', request ->> '$.upload.details.contract_type', 'agricultural_supply'));
-- The same request again finds the same job until it has ended.
CREATE UNIQUE INDEX processing_jobs_live ON processing_jobs (request_digest) WHERE due_at IS NOT NULL;
