-- An index of the days on which codes stop, worked out by the model from resource and policy. It decides nothing: every
-- answer derives each code again, and the whole of it can be emptied and is worked out anew.
-- stops_on: the first day on which the code cannot be used; NULL: no clock runs against it, or it does not stand anyhow.
-- warn_on: when the next notice is due. told_suspended: what was told last; NULL: nothing yet.
CREATE TABLE code_clock (
  code_id text PRIMARY KEY,
  resource_id text NOT NULL,
  issuer_account_id text NOT NULL,
  stops_on date,
  warn_on date,
  told_suspended boolean,
  stale boolean NOT NULL DEFAULT true
) WITH (fillfactor = 90);
CREATE INDEX code_clock_stopping ON code_clock (stops_on, code_id) WHERE stops_on IS NOT NULL;
CREATE INDEX code_clock_of_account ON code_clock (issuer_account_id, stops_on, code_id) WHERE stops_on IS NOT NULL;
CREATE INDEX code_clock_warning ON code_clock (warn_on, code_id) WHERE warn_on IS NOT NULL;
CREATE INDEX code_clock_of_resource ON code_clock (resource_id);
CREATE INDEX code_clock_stale ON code_clock (code_id) WHERE stale;

-- By which facts and rules the codes of a resource were worked out; '' means by none.
CREATE TABLE resource_clock (
  resource_id text PRIMARY KEY,
  stale boolean NOT NULL DEFAULT true,
  fingerprint text NOT NULL DEFAULT ''
) WITH (fillfactor = 80);
CREATE INDEX resource_clock_stale ON resource_clock (resource_id) WHERE stale;
CREATE INDEX resource_clock_by_rules ON resource_clock (fingerprint, resource_id);

CREATE FUNCTION mark_resource_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO resource_clock (resource_id) VALUES (NEW.id)
  ON CONFLICT (resource_id) DO UPDATE SET stale = true WHERE NOT resource_clock.stale;
  RETURN NULL;
END $$;
CREATE TRIGGER resource_is_new_to_the_clock AFTER INSERT ON resource
  FOR EACH ROW EXECUTE FUNCTION mark_resource_clock();
CREATE TRIGGER resource_change_moves_the_clock AFTER UPDATE ON resource
  FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION mark_resource_clock();

INSERT INTO resource_clock (resource_id) SELECT id FROM resource;
INSERT INTO code_clock (code_id, resource_id, issuer_account_id)
SELECT id, resource_id, issuer_account_id FROM filing_code WHERE used_at IS NULL AND revoked_at IS NULL;

-- One notice for each code, threshold and stop day, whatever moves to and fro in between.
CREATE TABLE code_warning (
  code_id text NOT NULL,
  stops_on date NOT NULL,
  threshold_days integer NOT NULL,
  PRIMARY KEY (code_id, stops_on, threshold_days)
);
CREATE INDEX code_warning_old ON code_warning (stops_on);

-- What the console tells an account (account_id NULL: the provider). One for the codes of a resource together: `about`
-- names what it is one of, codes counts them. The words are made when it is read.
CREATE TABLE notice (
  id text PRIMARY KEY,
  account_id text REFERENCES account (id),
  type text NOT NULL CHECK (type IN ('CodeStopping', 'CodeSuspended', 'CodeRevived', 'WebhookPaused')),
  about text NOT NULL,
  at timestamptz NOT NULL,
  resource_id text,
  webhook_id text,
  codes integer NOT NULL DEFAULT 0,
  stops_on date,
  days_left integer,
  read_at timestamptz,
  CONSTRAINT notice_once UNIQUE NULLS NOT DISTINCT (account_id, about)
);
CREATE INDEX notice_of_account ON notice (account_id, id);
CREATE INDEX notice_unread ON notice (account_id) WHERE read_at IS NULL;

-- As in migration 11: names mean our tables and nobody else's.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION mark_resource_clock() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;

-- The application's role has no right to write events (docs/database-role.md): it tells notices through this, which
-- cannot tell a change that did not happen.
CREATE FUNCTION append_code_notice(code text, happened text, happened_at timestamptz, issuer text, grantee text,
  resource text, more jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF happened NOT IN ('CodeStopping', 'CodeSuspended', 'CodeRevived') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'code_event', CONSTRAINT = 'append_code_notice',
      MESSAGE = 'code_event: changes of codes are told by the database itself';
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (code, happened, happened_at, issuer, grantee, resource, more);
END $$;
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION append_code_notice(text, text, timestamptz, text, text, text, jsonb)
    SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
