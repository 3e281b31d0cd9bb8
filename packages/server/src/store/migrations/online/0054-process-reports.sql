-- As 0054, in steps that hold no lock for long.

-- step
CREATE TABLE process_report (
  kind text NOT NULL CHECK (kind IN ('server', 'worker', 'gate')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  version text NOT NULL,
  heard_at timestamptz NOT NULL,
  facts jsonb NOT NULL,
  PRIMARY KEY (kind, name)
);
-- step index
CREATE INDEX CONCURRENTLY webhook_in_trouble ON webhook (id)
  WHERE failing_since IS NOT NULL OR paused_because IN ('failures', 'gone');
