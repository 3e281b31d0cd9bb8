-- Each cloud that is read again and again, as the configuration names it: when next, and how it went the last time.
CREATE TABLE inventory_sync (
  name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
  due_at timestamptz NOT NULL,
  lease_owner text,
  lease_until timestamptz,
  began_at timestamptz,
  ended_at timestamptz,
  outcome text CONSTRAINT inventory_sync_outcome_check CHECK (outcome IN ('done', 'held', 'failed')),
  succeeded_at timestamptz,
  -- In a row.
  failures integer NOT NULL DEFAULT 0,
  -- Counts, what could not be read, and why it failed or waits.
  result jsonb,
  -- What waits for an operator: shown as far as there is room, and all of what it waits for.
  held_digest text,
  held_difference jsonb,
  held_gone text[],
  held_breaking text[],
  confirmed_by text
);
