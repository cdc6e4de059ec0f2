-- All callbacks of a session are found by it, those that are not applied yet among them.
DROP INDEX webhook_inbox_unapplied;
CREATE INDEX webhook_inbox_session ON webhook_inbox (session_id);
