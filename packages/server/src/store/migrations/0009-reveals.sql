-- How often somebody of the provider saw personal data unmasked in a shift.
CREATE TABLE reveal_shift (
  actor_id text NOT NULL,
  shift_at timestamptz NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  -- When the operators were told that the quota is spent.
  alerted_at timestamptz,
  PRIMARY KEY (actor_id, shift_at)
);
CREATE INDEX reveal_shift_old ON reveal_shift (shift_at);
