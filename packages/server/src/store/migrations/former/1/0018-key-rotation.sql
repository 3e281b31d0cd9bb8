-- How far sealing and hashing anew has come, so that it goes on where it was interrupted. target names the keys that
-- everything is brought under; with other ones it starts again.
CREATE TABLE reseal_progress (
  kind text PRIMARY KEY CHECK (kind IN ('codes', 'filings', 'subjects', 'webhooks')),
  target text NOT NULL,
  done_to text NOT NULL,
  done_at timestamptz NOT NULL
);
