-- What was handed to the authority, and what it said.
CREATE TABLE submission (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  made_at timestamptz NOT NULL,
  receipt text,
  received_at timestamptz,
  CONSTRAINT submission_receipt_when CHECK ((receipt IS NULL) = (received_at IS NULL))
);
CREATE INDEX submission_by_filing ON submission (filing_id);

-- Every message once, however often it is delivered. No foreign key: a message may name what we never handed over.
CREATE TABLE authority_message (
  message_id text PRIMARY KEY,
  submission_id text NOT NULL,
  body jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('applied', 'stale'))
);
CREATE INDEX authority_message_by_submission ON authority_message (submission_id);

-- Outbox and queue. A finished job is deleted in the transaction of its effect.
CREATE TABLE job (
  id text PRIMARY KEY,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamptz,
  last_error text,
  CONSTRAINT job_lease_whole CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX job_due ON job (run_at, id);

CREATE TABLE audit (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_role text NOT NULL,
  account_id text,
  action text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  detail jsonb
);
CREATE INDEX audit_by_object ON audit (object_id, at DESC, id DESC);
CREATE INDEX audit_by_time ON audit (at DESC, id DESC);
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW
  EXECUTE FUNCTION refuse_write('audit rows are only added');
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('audit rows are only added');

CREATE TABLE idempotency (
  actor_id text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  response jsonb,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (actor_id, operation, key)
);
