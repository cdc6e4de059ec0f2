-- Who wrote down what was said: whisper, openai, pocketsphinx or sandbox; null where that was before this was noted.
ALTER TABLE contracts ADD COLUMN engine text;
INSERT INTO schema_promises (script, served_from) VALUES ('0010_engine.sql', '0007_limits.sql');
