-- Verifications of the whole audit that somebody asked for, one at a time: how far each has come, and what came of it.
CREATE TABLE audit_check (
  id text PRIMARY KEY,
  asked_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  -- The last seal that there was when it was asked for: it is done there.
  up_to integer NOT NULL CONSTRAINT audit_check_up_to_check CHECK (up_to >= 0),
  -- The last seal whose rows were found as they were sealed, always the last of a day; 0: none yet.
  through_seal integer NOT NULL DEFAULT 0,
  through_digest text,
  row_count bigint NOT NULL DEFAULT 0,
  -- A worker is at it until then.
  lease_until timestamptz,
  ended_at timestamptz,
  -- Where the audit differs from its seals; null: nowhere, as far as it has come.
  difference jsonb
);
CREATE UNIQUE INDEX audit_check_one_open ON audit_check ((ended_at IS NULL)) WHERE ended_at IS NULL;
CREATE INDEX audit_check_ended ON audit_check (ended_at) WHERE ended_at IS NOT NULL;
