-- The model's list of kinds decides; a new kind is no change of the schema.
ALTER TABLE filing DROP CONSTRAINT filing_kind_known;
