-- Contracts are listed newest first: all, those of a status, of a recording, of a party.
CREATE INDEX contracts_created ON contracts (created_at, contract_id);
CREATE INDEX contracts_status ON contracts (status, created_at, contract_id);
DROP INDEX contracts_recording;
CREATE INDEX contracts_recording ON contracts (recording_id, created_at, contract_id) WHERE recording_id IS NOT NULL;

ALTER TABLE contract_parties ADD COLUMN created_at bigint; -- the contract's
UPDATE contract_parties SET created_at = (SELECT c.created_at FROM contracts c WHERE c.contract_id = contract_parties.contract_id);
DROP INDEX contract_parties_phone;
CREATE INDEX contract_parties_phone ON contract_parties (phone, created_at, contract_id);

-- The version before does not write it. (To be dropped, and the column made NOT NULL, with the next version.)
CREATE FUNCTION contract_parties_created() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at := (SELECT created_at FROM contracts WHERE contract_id = NEW.contract_id);
  RETURN NEW;
END $$;
CREATE TRIGGER contract_parties_created BEFORE INSERT ON contract_parties
FOR EACH ROW WHEN (NEW.created_at IS NULL) EXECUTE FUNCTION contract_parties_created();

-- A job can wait for its recording to end, and is found by it.
ALTER TABLE processing_jobs ADD COLUMN recording_id text COLLATE "C";
CREATE INDEX processing_jobs_recording ON processing_jobs (recording_id, created_at) WHERE recording_id IS NOT NULL;
CREATE INDEX processing_jobs_waiting ON processing_jobs (recording_id) WHERE status = 'waiting';

INSERT INTO schema_promises (script, served_from) VALUES ('0011_contract_list.sql', '0007_limits.sql');
