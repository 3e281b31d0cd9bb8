-- What callers have spent of their allowances, over all processes. Nothing of it matters after a crash, so it is not logged.
CREATE UNLOGGED TABLE allowance (
  -- A keyed hash of the allowance's name and its holder.
  key text NOT NULL PRIMARY KEY,
  ends_at timestamptz NOT NULL,
  spent bigint NOT NULL CHECK (spent >= 0),
  -- What the last lease was given.
  granted bigint NOT NULL CHECK (granted >= 0)
);
CREATE INDEX allowance_ended ON allowance (ends_at);
