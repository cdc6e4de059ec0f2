-- Stored is the contract itself, not the answer that showed it; its agreement has a version, its messages are rows of their own, jobs say how far they are.
ALTER TABLE contracts ADD COLUMN subject text;               -- the recording or, without one, the audio and who talks in it
ALTER TABLE contracts ADD COLUMN evidence text;              -- JSON: what each term was read from
ALTER TABLE contracts ADD COLUMN summary text;               -- as the parties were told
ALTER TABLE contracts ADD COLUMN version integer NOT NULL DEFAULT 0;

UPDATE contracts SET
  subject = COALESCE(recording_id, (body::json ->> 'audio_sha256') || ' ' || (
    SELECT string_agg(p.phone, ' ' ORDER BY p.phone COLLATE "C") FROM contract_parties p WHERE p.contract_id = contracts.contract_id)),
  evidence = body::json ->> 'evidence',
  summary = body::json ->> 'contract_summary';

-- Of the same call only the newest is live; those before it, made while roles or kind told contracts apart, stay as they are.
UPDATE contracts SET subject = subject || ' ' || contract_id
WHERE status IN ('pending', 'confirmed') AND EXISTS (
  SELECT 1 FROM contracts c WHERE c.subject = contracts.subject AND c.status IN ('pending', 'confirmed')
    AND (c.created_at, c.contract_id) > (contracts.created_at, contracts.contract_id));

-- Each party, what it said, and how often it tried to.
ALTER TABLE contract_parties ADD COLUMN position integer;    -- in the contract
ALTER TABLE contract_parties ADD COLUMN tried_at bigint;
UPDATE contract_parties SET position = party.place - 1, tried_at = CASE WHEN attempts > 0 THEN c.created_at END
FROM contracts c, json_array_elements(c.body::json -> 'parties') WITH ORDINALITY AS party (value, place)
WHERE c.contract_id = contract_parties.contract_id AND party.value ->> 'phone' = contract_parties.phone;
ALTER TABLE contract_parties ALTER COLUMN position SET NOT NULL;

-- Text messages. One that is being posted when everything ends is left alone: it may have been accepted.
ALTER TABLE sms_outbox ADD COLUMN message_id text COLLATE "C";   -- says what the message is, so that nobody is sent the same thing twice
ALTER TABLE sms_outbox ADD COLUMN text text;                     -- null: it asks to confirm, with a code that is nowhere in the clear
ALTER TABLE sms_outbox ADD COLUMN code_hash text;                -- null until the code is sent
ALTER TABLE sms_outbox ADD COLUMN created_at bigint;
UPDATE sms_outbox SET message_id = sms_outbox.contract_id || '/' || sms_outbox.phone || '/1', code_hash = p.code_hash, created_at = c.created_at
FROM contract_parties p JOIN contracts c ON c.contract_id = p.contract_id
WHERE p.contract_id = sms_outbox.contract_id AND p.phone = sms_outbox.phone;
ALTER TABLE sms_outbox DROP CONSTRAINT sms_outbox_pkey;
ALTER TABLE sms_outbox ADD PRIMARY KEY (message_id);
ALTER TABLE sms_outbox ALTER COLUMN created_at SET NOT NULL;
ALTER TABLE sms_outbox ALTER COLUMN tries DROP DEFAULT;
ALTER TABLE contract_parties DROP COLUMN code_hash;

ALTER TABLE contracts DROP COLUMN body, DROP COLUMN fingerprint;
ALTER TABLE contracts ALTER COLUMN subject SET NOT NULL, ALTER COLUMN evidence SET NOT NULL, ALTER COLUMN summary SET NOT NULL;
ALTER TABLE contracts ALTER COLUMN version DROP DEFAULT;
CREATE UNIQUE INDEX contracts_live ON contracts (subject) WHERE status IN ('pending', 'confirmed');
CREATE INDEX contract_parties_phone ON contract_parties (phone);
CREATE INDEX sms_outbox_party ON sms_outbox (contract_id, phone, created_at);

ALTER TABLE processing_jobs ADD COLUMN request_digest text NOT NULL DEFAULT '';
ALTER TABLE processing_jobs ADD COLUMN step text;
ALTER TABLE processing_jobs ADD COLUMN done double precision;
ALTER TABLE processing_jobs ADD COLUMN failure_kind text;    -- invalid, conflict, unavailable
ALTER TABLE processing_jobs ADD COLUMN missing_since bigint;
ALTER TABLE processing_jobs ADD COLUMN version integer NOT NULL DEFAULT 0;
UPDATE processing_jobs SET
  request_digest = job_id,
  failure_kind = CASE WHEN failure IS NOT NULL THEN 'invalid' END,
  request = json_build_object(
    'recording_id', request::json #>> '{recording,recording_id}',
    'audio_url', request::json #>> '{recording,audio_url}',
    'upload', CASE WHEN request::json #>> '{upload,path}' IS NOT NULL
      THEN json_build_object('path', request::json #>> '{upload,path}', 'sha256', request::json #>> '{upload,sha256}') END,
    'parties', COALESCE(request::json #> '{recording,parties}', request::json #> '{upload,details,parties}'),
    'contract_type', COALESCE(
      request::json #>> '{recording,contract_type}', request::json #>> '{upload,details,contract_type}', 'agricultural_supply'))::text;
-- The same request again finds the same job until it has ended.
CREATE UNIQUE INDEX processing_jobs_live ON processing_jobs (request_digest) WHERE due_at IS NOT NULL;
