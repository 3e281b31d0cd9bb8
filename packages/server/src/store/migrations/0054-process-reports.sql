-- What each process of the deployment last said of itself: servers and workers write it themselves, of gates the server that they ask.
CREATE TABLE process_report (
  kind text NOT NULL CHECK (kind IN ('server', 'worker', 'gate')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  version text NOT NULL,
  heard_at timestamptz NOT NULL,
  facts jsonb NOT NULL,
  PRIMARY KEY (kind, name)
);
-- Receivers whose deliveries fail, and those that were paused for it, are few among many.
CREATE INDEX webhook_in_trouble ON webhook (id) WHERE failing_since IS NOT NULL OR paused_because IN ('failures', 'gone');
