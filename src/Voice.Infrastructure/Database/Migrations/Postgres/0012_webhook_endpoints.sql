-- The customer's own back-ends, which are told what happens.
CREATE TABLE webhook_endpoints (
  endpoint_id     text COLLATE "C" PRIMARY KEY,
  url             text NOT NULL,
  events          text NOT NULL,           -- recording.*,contract.confirmed
  description     text,
  secret          bytea NOT NULL,          -- what deliveries are signed with
  created_at      bigint NOT NULL,
  disabled_at     bigint,                  -- null while it is delivered to
  disabled_reason text
);

-- An event to deliver to an endpoint: written with the change that it tells of, only where an endpoint wants it.
CREATE TABLE event_deliveries (
  place         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_id   text COLLATE "C" NOT NULL,
  event_id      text COLLATE "C" NOT NULL, -- the same for all endpoints
  type          text NOT NULL,             -- recording.completed
  subject       text COLLATE "C" NOT NULL, -- the recording, or the contract that has none: events of one go in order
  contract_id   text COLLATE "C",          -- null where it is about the recording
  data          text NOT NULL,             -- JSON: what was true at that moment and may be another thing later
  at            bigint NOT NULL,
  due_at        bigint,                    -- when it is tried (again); null once delivered, or while the endpoint is disabled
  tries         integer NOT NULL DEFAULT 0,
  version       integer NOT NULL DEFAULT 0,
  tried_at      bigint,                    -- when the last try ended
  delivered_at  bigint,
  answer_status integer,
  answer        text                       -- what came of the last try, in words
);
CREATE UNIQUE INDEX event_deliveries_event ON event_deliveries (endpoint_id, event_id);
CREATE INDEX event_deliveries_list ON event_deliveries (endpoint_id, place);
CREATE INDEX event_deliveries_due ON event_deliveries (endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX event_deliveries_failed ON event_deliveries (endpoint_id, due_at) WHERE due_at IS NOT NULL AND tried_at IS NOT NULL;
CREATE INDEX event_deliveries_order ON event_deliveries (endpoint_id, subject, place) WHERE due_at IS NOT NULL;
CREATE INDEX event_deliveries_subject ON event_deliveries (subject);
CREATE INDEX event_deliveries_at ON event_deliveries USING brin (at);

INSERT INTO schema_promises (script, served_from) VALUES ('0012_webhook_endpoints.sql', '0007_limits.sql');
