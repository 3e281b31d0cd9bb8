-- As 0015, in steps that hold no lock for long.

-- step
ALTER TABLE filing
  ADD COLUMN claim_holder_id text,
  ADD COLUMN claimed_at timestamptz,
  ADD COLUMN claim_until timestamptz,
  ADD CONSTRAINT filing_claim_whole CHECK (
    (claim_holder_id IS NULL) = (claimed_at IS NULL) AND (claim_holder_id IS NULL) = (claim_until IS NULL)) NOT VALID;
-- step
ALTER TABLE filing VALIDATE CONSTRAINT filing_claim_whole;
-- step index
CREATE INDEX CONCURRENTLY filing_claimed ON filing (claim_holder_id, (coalesce(due_at, 'infinity')), id) WHERE claim_holder_id IS NOT NULL;
-- step
ALTER TABLE notice
  ADD COLUMN filing_id text,
  ADD COLUMN detail jsonb NOT NULL DEFAULT '{}';
ALTER TABLE notice DROP CONSTRAINT notice_type_check;
