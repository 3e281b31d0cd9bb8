-- As 0002, in steps that hold no lock for long.

-- step
CREATE TABLE work_failure (
  kind text NOT NULL,
  item_id text NOT NULL,
  -- What is worked on, where no other table has it; JSON as text, since it may be what no JSON column takes.
  payload text,
  failures integer NOT NULL CONSTRAINT work_failure_counted CHECK (failures >= 0),
  failed_at timestamptz NOT NULL,
  -- NULL: parked.
  retry_at timestamptz,
  last_error text NOT NULL,
  PRIMARY KEY (kind, item_id)
);
CREATE INDEX work_failure_due ON work_failure (kind, retry_at, item_id) WHERE retry_at IS NOT NULL;

-- step index
CREATE INDEX CONCURRENTLY filing_filed_by_subject ON filing (subject_hash, started_at DESC, id DESC) WHERE state = 'filed';
