-- How a party decided: api or text_message; null where that was before this was noted.
ALTER TABLE contract_parties ADD COLUMN channel text;
INSERT INTO schema_promises (script, served_from) VALUES ('0009_channels.sql', '0007_limits.sql');
