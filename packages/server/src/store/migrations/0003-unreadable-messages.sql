-- Messages of the authority that cannot be read are kept as they came; they may hold personal data.
ALTER TABLE work_failure ADD COLUMN sealed_payload text;

-- Rotation of keys reaches them.
ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check
  CHECK (kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages'));
