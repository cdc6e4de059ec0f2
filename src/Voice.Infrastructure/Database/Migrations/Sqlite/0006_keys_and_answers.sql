-- Callers' keys: what is kept is a digest, so that whoever reads this table cannot call.
CREATE TABLE api_keys (
  key_id       text PRIMARY KEY,
  name         text NOT NULL,
  scopes       text NOT NULL,            -- read,create,process,admin
  digest       text NOT NULL UNIQUE,     -- SHA-256 of the key, hexadecimal
  created_at   integer NOT NULL,
  revoked_at   integer,
  last_used_at integer                   -- to the minute
) STRICT;
CREATE UNIQUE INDEX api_keys_good ON api_keys (name) WHERE revoked_at IS NULL;

-- Secrets that the instances share; the first that needs one makes it.
CREATE TABLE service_secrets (
  name         text PRIMARY KEY,
  secret       blob NOT NULL,
  created_at   integer NOT NULL
) STRICT;

-- An idempotency key belongs to the API key it was sent with: its text is that key's id, a line's end, and the key. Beside it stands what the
-- first request came to.
ALTER TABLE idempotency_keys ADD COLUMN placement text;         -- null: it is still running, or died before it could write this down
ALTER TABLE idempotency_keys ADD COLUMN refusal_reason text;
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
