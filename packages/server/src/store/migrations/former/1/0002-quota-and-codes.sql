-- A ledger of quota. Its counter moves only with its spends (trigger below), so the CHECK makes overspending
-- impossible for every writer. capacity NULL: no source states a limit; spends are counted, nothing is refused.
CREATE TABLE quota (
  ledger_key text PRIMARY KEY,
  capacity integer CONSTRAINT quota_capacity_not_negative CHECK (capacity >= 0),
  spent integer NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL,
  CONSTRAINT quota_spent_within_capacity CHECK (spent >= 0 AND (capacity IS NULL OR spent <= capacity))
) WITH (fillfactor = 70);
CREATE TRIGGER quota_starts_unspent BEFORE INSERT ON quota FOR EACH ROW
  WHEN (NEW.spent <> 0) EXECUTE FUNCTION refuse_write('a ledger starts with nothing spent');
-- Depth 0 is a statement of somebody's own; the counter moves at depth 1, from the triggers of quota_spend.
CREATE TRIGGER quota_moves_by_spends_only BEFORE UPDATE ON quota FOR EACH ROW
  WHEN ((NEW.spent IS DISTINCT FROM OLD.spent AND pg_trigger_depth() = 0) OR NEW.ledger_key <> OLD.ledger_key)
  EXECUTE FUNCTION refuse_write('spent moves only with rows of quota_spend');

-- One place of a ledger: taken by a code (holder 'code') or by a filing without a code (holder 'direct').
-- live_for is what the place stands for while it is not given back: the word 'code', or the filing's id. Foreign keys
-- point at (id, live_for), so a place that something lives on cannot be given back, by whomever.
CREATE TABLE quota_spend (
  id text PRIMARY KEY,
  ledger_key text NOT NULL REFERENCES quota (ledger_key),
  holder text NOT NULL CHECK (holder IN ('code', 'direct')),
  filing_id text,
  spent_at timestamptz NOT NULL,
  returned_at timestamptz,
  live_for text GENERATED ALWAYS AS (CASE WHEN returned_at IS NULL THEN coalesce(filing_id, 'code') END) STORED,
  CONSTRAINT quota_spend_live UNIQUE (id, live_for),
  CONSTRAINT quota_spend_direct_has_filing CHECK ((holder = 'direct') = (filing_id IS NOT NULL))
);
CREATE INDEX quota_spend_by_filing ON quota_spend (filing_id) WHERE filing_id IS NOT NULL;

CREATE TRIGGER quota_spend_starts_live BEFORE INSERT ON quota_spend FOR EACH ROW
  WHEN (NEW.returned_at IS NOT NULL) EXECUTE FUNCTION refuse_write('a spend is not given back before it is made');
CREATE TRIGGER quota_spend_is_returned_once BEFORE UPDATE ON quota_spend FOR EACH ROW
  WHEN (OLD.returned_at IS NOT NULL OR NEW.returned_at IS NULL
        OR (NEW.id, NEW.ledger_key, NEW.holder, NEW.spent_at) <> (OLD.id, OLD.ledger_key, OLD.holder, OLD.spent_at)
        OR NEW.filing_id IS DISTINCT FROM OLD.filing_id)
  EXECUTE FUNCTION refuse_write('a spend can only be given back, and once');
CREATE TRIGGER quota_spend_is_kept BEFORE DELETE ON quota_spend FOR EACH ROW
  EXECUTE FUNCTION refuse_write('spends are kept; give one back instead');
CREATE TRIGGER quota_spend_is_not_emptied BEFORE TRUNCATE ON quota_spend FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('spends are kept');

CREATE FUNCTION move_quota_on_spend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE quota SET spent = quota.spent + moved.count, changed_at = greatest(quota.changed_at, moved.at)
  FROM (SELECT ledger_key, count(*)::integer AS count, max(spent_at) AS at FROM made GROUP BY ledger_key) AS moved
  WHERE quota.ledger_key = moved.ledger_key;
  RETURN NULL;
END $$;
CREATE TRIGGER quota_spend_moves_quota AFTER INSERT ON quota_spend REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION move_quota_on_spend();

CREATE FUNCTION move_quota_on_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Every updated row was given back by this statement: quota_spend_is_returned_once lets nothing else pass.
  UPDATE quota SET spent = quota.spent - moved.count, changed_at = greatest(quota.changed_at, moved.at)
  FROM (SELECT ledger_key, count(*)::integer AS count, max(returned_at) AS at FROM given_back GROUP BY ledger_key) AS moved
  WHERE quota.ledger_key = moved.ledger_key;
  RETURN NULL;
END $$;
CREATE TRIGGER quota_spend_return_moves_quota AFTER UPDATE ON quota_spend REFERENCING NEW TABLE AS given_back
  FOR EACH STATEMENT EXECUTE FUNCTION move_quota_on_return();

-- A filing code. Never clear: lookup_hash finds it, sealed shows it again to its owner or grantee.
-- A code that can still be used (live_for 'code') must stand on a spend that is not given back. Deferred, so that
-- revoking and giving back may come in either order within one transaction.
CREATE TABLE filing_code (
  id text PRIMARY KEY,
  lookup_hash text NOT NULL CONSTRAINT filing_code_lookup_hash UNIQUE,
  sealed text NOT NULL,
  tail text NOT NULL,
  resource_id text NOT NULL REFERENCES resource (id),
  issuer_account_id text NOT NULL REFERENCES account (id),
  grantee_account_id text REFERENCES account (id),
  spend_id text NOT NULL CONSTRAINT filing_code_one_per_spend UNIQUE,
  note text NOT NULL DEFAULT '',
  issued_at timestamptz NOT NULL,
  granted_at timestamptz,
  bound_filing_id text CONSTRAINT filing_code_one_per_filing UNIQUE,
  bound_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  live_for text GENERATED ALWAYS AS (CASE WHEN used_at IS NULL AND revoked_at IS NULL THEN 'code' END) STORED,
  CONSTRAINT filing_code_stands_on_spend FOREIGN KEY (spend_id, live_for) REFERENCES quota_spend (id, live_for)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT filing_code_granted_to_somebody CHECK ((grantee_account_id IS NULL) = (granted_at IS NULL)),
  CONSTRAINT filing_code_bound_when CHECK ((bound_filing_id IS NULL) = (bound_at IS NULL)),
  CONSTRAINT filing_code_used_is_bound CHECK (used_at IS NULL OR bound_filing_id IS NOT NULL),
  CONSTRAINT filing_code_revoked_is_free CHECK (revoked_at IS NULL OR (used_at IS NULL AND bound_filing_id IS NULL))
);
CREATE INDEX filing_code_by_issuer ON filing_code (issuer_account_id, id);
CREATE INDEX filing_code_by_grantee ON filing_code (grantee_account_id, id) WHERE grantee_account_id IS NOT NULL;
CREATE INDEX filing_code_by_resource ON filing_code (resource_id, id);

-- What a code's life cannot do. Re-sealing under a newer key is always allowed; pointing it at another resource only
-- while it is free.
CREATE FUNCTION guard_filing_code() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  refused text;
BEGIN
  IF (NEW.id, NEW.issuer_account_id, NEW.issued_at) <> (OLD.id, OLD.issuer_account_id, OLD.issued_at) THEN
    refused := 'a code keeps its id, issuer and day';
  ELSIF OLD.used_at IS NOT NULL AND
    (NEW.used_at, NEW.bound_filing_id, NEW.revoked_at, NEW.resource_id, NEW.spend_id, NEW.grantee_account_id)
    IS DISTINCT FROM
    (OLD.used_at, OLD.bound_filing_id, OLD.revoked_at, OLD.resource_id, OLD.spend_id, OLD.grantee_account_id) THEN
    refused := 'a used code stays used';
  ELSIF OLD.revoked_at IS NOT NULL AND
    (NEW.revoked_at, NEW.bound_filing_id, NEW.resource_id, NEW.spend_id, NEW.grantee_account_id)
    IS DISTINCT FROM
    (OLD.revoked_at, OLD.bound_filing_id, OLD.resource_id, OLD.spend_id, OLD.grantee_account_id) THEN
    refused := 'a revoked code stays revoked';
  ELSIF OLD.bound_filing_id IS NOT NULL AND NEW.bound_filing_id IS NOT NULL
    AND NEW.bound_filing_id <> OLD.bound_filing_id THEN
    refused := 'a bound code is released before it is bound elsewhere';
  ELSIF OLD.bound_filing_id IS NOT NULL AND (NEW.resource_id, NEW.spend_id) <> (OLD.resource_id, OLD.spend_id) THEN
    refused := 'a bound code keeps its resource';
  END IF;
  IF refused IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing_code', CONSTRAINT = TG_NAME,
      MESSAGE = 'filing_code: ' || refused;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_code_life BEFORE UPDATE ON filing_code FOR EACH ROW EXECUTE FUNCTION guard_filing_code();
CREATE TRIGGER filing_code_is_kept BEFORE DELETE ON filing_code FOR EACH ROW
  EXECUTE FUNCTION refuse_write('codes are kept; revoke one instead');
CREATE TRIGGER filing_code_is_not_emptied BEFORE TRUNCATE ON filing_code FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('codes are kept');
