-- Where the actor asked from, and in which session; NULL for background work and for rows of earlier releases.
ALTER TABLE audit ADD COLUMN address text;
ALTER TABLE audit ADD COLUMN session_id text;

-- The chain over the audit: each seal covers the rows after the one before, in the order of (at, id), up to and including
-- its position. Written by the worker, so that adding audit rows waits for nobody.
CREATE TABLE audit_seal (
  sequence integer PRIMARY KEY CHECK (sequence > 0),
  -- Asia/Shanghai; all rows of a seal are of this day.
  day date NOT NULL,
  through_at timestamptz NOT NULL,
  through_id text NOT NULL,
  row_count integer NOT NULL CHECK (row_count > 0),
  -- The first 48 bits of each row's SHA-256 in hexadecimal, in their order: they tell which row differs.
  row_marks text NOT NULL,
  -- SHA-256 over the seal before, the rows and this seal's own columns.
  digest text NOT NULL,
  -- The digest under a key that the database does not hold: whoever owns the database alone cannot make another.
  sealed_digest text NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT audit_seal_marks CHECK (length(row_marks) = 12 * row_count)
);
CREATE INDEX audit_seal_by_day ON audit_seal (day, sequence);
-- Rotation of keys writes sealed_digest anew, and nothing else changes.
CREATE TRIGGER audit_seal_is_append_only BEFORE DELETE OR UPDATE OF
  sequence, day, through_at, through_id, row_count, row_marks, digest, made_at ON audit_seal FOR EACH ROW
  EXECUTE FUNCTION refuse_write('seals of the audit are only added');
CREATE TRIGGER audit_seal_is_not_emptied BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('seals of the audit are only added');

ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check
  CHECK (kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals'));
