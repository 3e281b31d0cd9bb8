-- What the notification job derives is told on the same way as the changes; it is a notice, never the source of a state.
ALTER TABLE code_event DROP CONSTRAINT code_event_type_known;
ALTER TABLE code_event ADD CONSTRAINT code_event_type_known CHECK (type IN ('CodeIssued', 'CodeGranted',
  'CodeRepointed', 'CodeBound', 'CodeReleased', 'CodeUsed', 'CodeRevoked', 'CodeStopping', 'CodeSuspended',
  'CodeRevived'));

-- Receivers of events: an account's, or (account_id NULL) the provider's. Keys are sealed; the previous one signs too,
-- until its end. types '{}' stands for all.
CREATE TABLE webhook (
  id text PRIMARY KEY,
  account_id text REFERENCES account (id),
  url text NOT NULL,
  types text[] NOT NULL,
  description text NOT NULL DEFAULT '',
  sealed_secret text NOT NULL,
  secret_made_at timestamptz NOT NULL,
  previous_sealed_secret text,
  previous_secret_until timestamptz,
  paused_at timestamptz,
  paused_because text CHECK (paused_because IN ('request', 'failures', 'gone')),
  -- Since when attempts fail; such a receiver gets one request at a time.
  failing_since timestamptz,
  -- Deliveries given up since the last one that arrived.
  dead_in_row integer NOT NULL DEFAULT 0 CHECK (dead_in_row >= 0),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  CONSTRAINT webhook_previous_secret_whole CHECK ((previous_sealed_secret IS NULL) = (previous_secret_until IS NULL)),
  CONSTRAINT webhook_pause_whole CHECK ((paused_at IS NULL) = (paused_because IS NULL))
);
CREATE INDEX webhook_by_account ON webhook (account_id, id);

-- One event for one receiver; waits here until it arrived or was given up. The body is written once, so that every
-- attempt sends the same. order_key: what must arrive in order, the code; NULL where nothing must (test events).
CREATE TABLE webhook_delivery (
  id text PRIMARY KEY,
  webhook_id text NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event_id text NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  order_key text,
  body text NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  first_attempt_at timestamptz,
  next_at timestamptz,
  lease_owner text,
  lease_until timestamptz,
  ended_at timestamptz,
  last_status integer,
  last_error text,
  last_excerpt text,
  CONSTRAINT webhook_delivery_once UNIQUE (webhook_id, event_id),
  CONSTRAINT webhook_delivery_ends CHECK ((state = 'waiting') = (ended_at IS NULL) AND (state = 'waiting') = (next_at IS NOT NULL)),
  CONSTRAINT webhook_delivery_lease_whole CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT webhook_delivery_lease_waits CHECK (lease_owner IS NULL OR state = 'waiting')
) WITH (fillfactor = 80);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at, seq) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_in_order ON webhook_delivery (webhook_id, order_key, seq) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (webhook_id, id DESC);
CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX webhook_delivery_busy ON webhook_delivery (webhook_id, lease_until) WHERE lease_until IS NOT NULL;
