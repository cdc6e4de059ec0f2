CREATE TABLE contracts (
  contract_id  text PRIMARY KEY,
  fingerprint  text NOT NULL UNIQUE,     -- of the audio and the parties: the same call is the same contract
  recording_id text REFERENCES voice_recordings,
  body         text NOT NULL,            -- JSON as it is answered
  canonical    text NOT NULL,            -- RFC 8785: what the contract's hash is taken of
  status       text NOT NULL,            -- pending, confirmed, rejected, expired
  created_at   integer NOT NULL,
  confirm_by   integer NOT NULL
) STRICT;
CREATE INDEX contracts_pending ON contracts (confirm_by) WHERE status = 'pending';

-- Each party, its one-time code and what it said.
CREATE TABLE contract_parties (
  contract_id  text NOT NULL REFERENCES contracts,
  phone        text NOT NULL,
  code_hash    text,                     -- null until the code is sent; codes are nowhere in the clear
  attempts     integer NOT NULL DEFAULT 0,
  decision     text,                     -- confirmed or rejected
  decided_at   integer,
  PRIMARY KEY (contract_id, phone)
) STRICT;

-- Messages to send. A row that is being posted when everything ends is left alone: it may have been accepted.
CREATE TABLE sms_outbox (
  contract_id  text NOT NULL REFERENCES contracts,
  phone        text NOT NULL,
  state        text NOT NULL,            -- waiting, posting, accepted, refused, unknown
  detail       text,
  tries        integer NOT NULL DEFAULT 0,
  due_at       integer,                       -- null once there is nothing more to do
  PRIMARY KEY (contract_id, phone)
) STRICT;
CREATE INDEX sms_outbox_due ON sms_outbox (due_at) WHERE due_at IS NOT NULL;

-- Work that a caller does not wait for.
CREATE TABLE processing_jobs (
  job_id       text PRIMARY KEY,
  request      text NOT NULL,            -- JSON
  status       text NOT NULL,            -- queued, running, completed, failed
  contract_id  text,
  failure      text,
  tries        integer NOT NULL DEFAULT 0,
  created_at   integer NOT NULL,
  due_at       integer                        -- when it may be taken (again); moved on while somebody works on it
) STRICT;
CREATE INDEX processing_jobs_due ON processing_jobs (due_at) WHERE due_at IS NOT NULL;
