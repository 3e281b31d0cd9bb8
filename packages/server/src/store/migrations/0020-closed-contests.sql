-- What a customer writes in a contest is personal data: it is sealed. Texts from before are sealed when keys are rotated.
ALTER TABLE contest RENAME COLUMN statement TO sealed_statement;
-- A contest is over when one of its filings is: there is nothing left to decide.
ALTER TABLE contest DROP CONSTRAINT contest_decision_check;
ALTER TABLE contest ADD CONSTRAINT contest_decision_check CHECK (decision IN ('upheld', 'dismissed', 'closed'));
ALTER TABLE contest DROP CONSTRAINT contest_decided_whole;
ALTER TABLE contest ADD CONSTRAINT contest_decided_whole CHECK (
  (decision IS NULL) = (decided_at IS NULL) AND (reasons IS NULL) = (decided_by IS NULL)
  AND (reasons IS NOT NULL) = (decision IS NOT NULL AND decision <> 'closed'));
CREATE INDEX contest_undecided_of_holder ON contest (holder_filing_id) WHERE decided_at IS NULL;
-- Those of filings that are over already.
UPDATE contest SET decision = 'closed', decided_at = now()
  WHERE decided_at IS NULL AND EXISTS (
    SELECT FROM filing WHERE filing.id IN (contest.filing_id, contest.holder_filing_id) AND filing.state IN ('filed', 'abandoned'));
ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check CHECK (
  kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals', 'people', 'totp', 'contests'));
