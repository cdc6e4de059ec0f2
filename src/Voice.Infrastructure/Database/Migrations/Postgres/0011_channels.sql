-- How a party decided: api or text_message; null where that was before this was noted.
ALTER TABLE contract_parties ADD COLUMN channel text;
