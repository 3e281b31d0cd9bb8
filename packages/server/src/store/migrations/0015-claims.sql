-- Who of the provider works on a filing, until when; a claim that has ended stays until the next one or until the state changes.
ALTER TABLE filing
  ADD COLUMN claim_holder_id text,
  ADD COLUMN claimed_at timestamptz,
  ADD COLUMN claim_until timestamptz,
  ADD CONSTRAINT filing_claim_whole CHECK (
    (claim_holder_id IS NULL) = (claimed_at IS NULL) AND (claim_holder_id IS NULL) = (claim_until IS NULL));
CREATE INDEX filing_claimed ON filing (claim_holder_id, (coalesce(due_at, 'infinity')), id) WHERE claim_holder_id IS NOT NULL;

-- Notices about filings. What the text of one names besides its columns is in `detail`.
ALTER TABLE notice
  ADD COLUMN filing_id text,
  ADD COLUMN detail jsonb NOT NULL DEFAULT '{}';
-- The list of the ports decides; a new type is no change of the schema.
ALTER TABLE notice DROP CONSTRAINT notice_type_check;
