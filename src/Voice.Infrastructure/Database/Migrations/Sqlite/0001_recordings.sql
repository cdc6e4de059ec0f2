-- Times are UTC milliseconds since 1970, so that both databases hold and compare the same number.

CREATE TABLE voice_recordings (
  recording_id        text PRIMARY KEY,
  status              text NOT NULL,      -- follows from the facts below; stored to be queried
  contract_type       text NOT NULL,
  expected_seconds    integer NOT NULL,
  parties             text NOT NULL,      -- JSON: [{"phone":"+254…","state":"Bridged"}, …] in dialling order
  placement           text,               -- what came of asking the provider; null: not known yet
  refusal_reason      text,
  session_id          text,
  bridged_by          text,
  heard_at            integer,
  connected_at        integer,
  over_at             integer,
  recording_url       text,               -- shown once the status is completed
  url_is_settled      integer NOT NULL,
  duration            integer,            -- seconds
  duration_is_settled integer NOT NULL,
  failure_code        text,
  created_at          integer NOT NULL,
  processed_at        integer,
  due_at              integer,             -- when its deadline is looked at; null once the status is final
  version             integer NOT NULL,
  saved_by            text                -- which save wrote the row last
) STRICT;
CREATE INDEX voice_recordings_created ON voice_recordings (created_at, recording_id);
CREATE INDEX voice_recordings_status ON voice_recordings (status, created_at, recording_id);
CREATE INDEX voice_recordings_due ON voice_recordings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX voice_recordings_being_placed ON voice_recordings (created_at) WHERE placement IS NULL;

-- Who took part in what, to find a party's recordings; the numbers never change.
CREATE TABLE voice_parties (
  phone        text NOT NULL,
  created_at   integer NOT NULL,
  recording_id text NOT NULL REFERENCES voice_recordings,
  PRIMARY KEY (phone, created_at, recording_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE voice_calls (
  session_id   text PRIMARY KEY,
  recording_id text NOT NULL REFERENCES voice_recordings
) STRICT;

CREATE TABLE voice_timeline (
  entry_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  recording_id text NOT NULL,
  at           integer NOT NULL,
  kind         text NOT NULL,
  detail       text NOT NULL
) STRICT;
CREATE INDEX voice_timeline_recording ON voice_timeline (recording_id, entry_id);

CREATE TABLE webhook_inbox (
  inbox_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  digest       text NOT NULL UNIQUE,
  session_id   text,
  received_at  integer NOT NULL,
  content_type text NOT NULL,
  body         blob NOT NULL,
  problem      text,                      -- why it cannot be read; such a callback is kept and never applied
  applied_at   integer,
  due_at       integer                     -- when the sweep takes it up; null once applied or given up
) STRICT;
CREATE INDEX webhook_inbox_due ON webhook_inbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_inbox_unapplied ON webhook_inbox (session_id) WHERE applied_at IS NULL;

CREATE TABLE idempotency_keys (
  idempotency_key text PRIMARY KEY,
  request_digest  text NOT NULL,
  recording_id    text NOT NULL,
  created_at      integer NOT NULL
) STRICT;
