-- Requests that were refused, counted by hour: a row of audit at the first one and one when the hour is over, however many
-- there are.
CREATE TABLE refused_access (
  actor_id text NOT NULL,
  operation text NOT NULL,
  fault text NOT NULL,
  hour timestamptz NOT NULL,
  actor_role text NOT NULL,
  account_id text,
  count integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, actor_id, operation, fault)
);

-- The settings with which a kind of process last started; of secrets only a keyed hash.
CREATE TABLE process_configuration (
  process text PRIMARY KEY,
  settings jsonb NOT NULL,
  changed_at timestamptz NOT NULL
);
