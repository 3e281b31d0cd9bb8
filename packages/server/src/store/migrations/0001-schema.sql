-- The whole schema, one noun after another: accounts, resources, quota, codes, filings, records, the gates' feed, the
-- authority, jobs and audit, webhooks, API keys, time, notices, rotation of keys, sign-in.
-- What must never happen is refused here, by constraints and triggers, so that it holds for every writer. Each refusal
-- has a name (the constraint's or the trigger's) by which the store and its tests know it.
-- sealed…: encrypted by the key ring; …_hash: keyed hashes of it. `at` and …_at are instants, given by the application.

-- Refuses a write; the trigger's argument says what is being prevented.
CREATE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = TG_TABLE_NAME || ': ' || TG_ARGV[0];
END $$;

-- Accounts ------------------------------------------------------------------------------------------------------------

CREATE TABLE account (
  id text PRIMARY KEY,
  real_name text NOT NULL CHECK (real_name <> ''),
  display_name text NOT NULL DEFAULT '',
  changed_at timestamptz NOT NULL
);

-- Where an account's notices go besides the console; addresses are personal data, sealed.
CREATE TABLE account_mail (
  account_id text PRIMARY KEY REFERENCES account (id),
  sealed text NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Resources -----------------------------------------------------------------------------------------------------------

-- What a customer bought and files on. `facts` is the inventory's entry, a Resource of the model.
CREATE TABLE resource (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES account (id),
  provider text NOT NULL,
  product text NOT NULL,
  facts jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  changed_at timestamptz NOT NULL,
  -- For the foreign key of codes: a code's issuer is its resource's buyer.
  CONSTRAINT resource_of_its_account UNIQUE (id, account_id)
);
CREATE INDEX resource_by_account ON resource (account_id, id);

-- A decision by old facts must find another version when it is written, so the version does not depend on the writer.
CREATE FUNCTION raise_resource_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version;
  IF (NEW.account_id, NEW.provider, NEW.product, NEW.facts)
     IS DISTINCT FROM (OLD.account_id, OLD.provider, OLD.product, OLD.facts) THEN
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER resource_version_follows_facts BEFORE UPDATE ON resource
  FOR EACH ROW EXECUTE FUNCTION raise_resource_version();

-- Quota ---------------------------------------------------------------------------------------------------------------

-- A ledger of quota. Its counter moves only with its spends (triggers below), so the CHECK makes overspending impossible
-- for every writer. capacity NULL: no source states a limit; spends are counted, nothing is refused.
CREATE TABLE quota (
  ledger_key text PRIMARY KEY,
  capacity integer CONSTRAINT quota_capacity_not_negative CHECK (capacity >= 0),
  spent integer NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL,
  CONSTRAINT quota_spent_within_capacity CHECK (spent >= 0 AND (capacity IS NULL OR spent <= capacity))
) WITH (fillfactor = 70);
CREATE TRIGGER quota_starts_unspent BEFORE INSERT ON quota FOR EACH ROW
  WHEN (NEW.spent <> 0) EXECUTE FUNCTION refuse_write('a ledger starts with nothing spent');
-- Depth 0 is a direct statement; the counter moves at depth 1, from the triggers of quota_spend.
CREATE TRIGGER quota_moves_by_spends_only BEFORE UPDATE ON quota FOR EACH ROW
  WHEN ((NEW.spent IS DISTINCT FROM OLD.spent AND pg_trigger_depth() = 0) OR NEW.ledger_key <> OLD.ledger_key)
  EXECUTE FUNCTION refuse_write('spent moves only with rows of quota_spend');
CREATE TRIGGER quota_is_kept BEFORE DELETE ON quota FOR EACH ROW
  EXECUTE FUNCTION refuse_write('ledgers are kept');
CREATE TRIGGER quota_is_not_emptied BEFORE TRUNCATE ON quota FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('ledgers are kept');

-- One unit of a ledger, spent by a code (holder 'code') or by a filing without a code (holder 'direct').
-- live_for says what the unit is spent on until it is returned: the word 'code', or the filing's id. Foreign keys point
-- at (id, live_for), so a unit in use cannot be returned by anybody.
-- No foreign key to the ledger: move_quota_on_spend refuses a spend without one. The key would lock the ledger's row
-- shared a moment before it is written, which is what made concurrent issuing slow.
CREATE TABLE quota_spend (
  id text PRIMARY KEY,
  ledger_key text NOT NULL,
  holder text NOT NULL CHECK (holder IN ('code', 'direct')),
  filing_id text, -- foreign key below, with filings
  spent_at timestamptz NOT NULL,
  returned_at timestamptz,
  live_for text GENERATED ALWAYS AS (CASE WHEN returned_at IS NULL THEN coalesce(filing_id, 'code') END) STORED,
  CONSTRAINT quota_spend_live UNIQUE (id, live_for),
  CONSTRAINT quota_spend_direct_has_filing CHECK ((holder = 'direct') = (filing_id IS NOT NULL))
);
CREATE INDEX quota_spend_by_filing ON quota_spend (filing_id) WHERE filing_id IS NOT NULL;

CREATE TRIGGER quota_spend_starts_live BEFORE INSERT ON quota_spend FOR EACH ROW
  WHEN (NEW.returned_at IS NOT NULL) EXECUTE FUNCTION refuse_write('a new spend is not returned yet');
CREATE TRIGGER quota_spend_is_returned_once BEFORE UPDATE ON quota_spend FOR EACH ROW
  WHEN (OLD.returned_at IS NOT NULL OR NEW.returned_at IS NULL
        OR (NEW.id, NEW.ledger_key, NEW.holder, NEW.spent_at) <> (OLD.id, OLD.ledger_key, OLD.holder, OLD.spent_at)
        OR NEW.filing_id IS DISTINCT FROM OLD.filing_id)
  EXECUTE FUNCTION refuse_write('a spend can only be given back, and once');
CREATE TRIGGER quota_spend_is_kept BEFORE DELETE ON quota_spend FOR EACH ROW
  EXECUTE FUNCTION refuse_write('spends are kept; return one instead');
CREATE TRIGGER quota_spend_is_not_emptied BEFORE TRUNCATE ON quota_spend FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('spends are kept');

CREATE FUNCTION move_quota_on_spend() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  moved record;
BEGIN
  -- One ledger after the other in the order of their keys: two statements never wait for each other.
  FOR moved IN SELECT ledger_key, count(*)::integer AS count, max(spent_at) AS at FROM made GROUP BY ledger_key
    ORDER BY ledger_key
  LOOP
    UPDATE quota SET spent = quota.spent + moved.count, changed_at = greatest(quota.changed_at, moved.at)
    WHERE quota.ledger_key = moved.ledger_key;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME,
        CONSTRAINT = 'quota_spend_in_ledger', MESSAGE = 'quota_spend: there is no ledger ' || moved.ledger_key;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER quota_spend_moves_quota AFTER INSERT ON quota_spend REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION move_quota_on_spend();

CREATE FUNCTION move_quota_on_return() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- Every updated row was given back by this statement: quota_spend_is_returned_once lets nothing else pass.
  UPDATE quota SET spent = quota.spent - moved.count, changed_at = greatest(quota.changed_at, moved.at)
  FROM (SELECT ledger_key, count(*)::integer AS count, max(returned_at) AS at FROM given_back GROUP BY ledger_key) AS moved
  WHERE quota.ledger_key = moved.ledger_key;
  RETURN NULL;
END $$;
CREATE TRIGGER quota_spend_return_moves_quota AFTER UPDATE ON quota_spend REFERENCING NEW TABLE AS given_back
  FOR EACH STATEMENT EXECUTE FUNCTION move_quota_on_return();

-- Names a subject in ledgers, for policies that count by subject. The hash may be made anew under another key; the
-- ledger's key never changes.
CREATE TABLE subject_holder (
  id text PRIMARY KEY,
  subject_hash text NOT NULL CONSTRAINT subject_holder_hash UNIQUE
);
CREATE TRIGGER subject_holder_is_kept BEFORE DELETE ON subject_holder FOR EACH ROW
  EXECUTE FUNCTION refuse_write('ledgers are kept under these ids');

-- Codes ---------------------------------------------------------------------------------------------------------------

-- A filing code (备案授权码). Never clear: lookup_hash finds it, sealed shows it again to its owner or grantee.
-- A code that can still be used (live_for 'code') must hold a spend that is not returned. Deferred, so that revoking and
-- returning may come in either order within one transaction.
-- Issuer and resource are one foreign key: it locks one row where two would lock two.
CREATE TABLE filing_code (
  id text PRIMARY KEY,
  lookup_hash text NOT NULL CONSTRAINT filing_code_lookup_hash UNIQUE,
  sealed text NOT NULL,
  tail text NOT NULL,
  resource_id text NOT NULL,
  issuer_account_id text NOT NULL,
  grantee_account_id text REFERENCES account (id),
  spend_id text NOT NULL CONSTRAINT filing_code_one_per_spend UNIQUE,
  note text NOT NULL DEFAULT '',
  issued_at timestamptz NOT NULL,
  granted_at timestamptz,
  bound_filing_id text CONSTRAINT filing_code_one_per_filing UNIQUE, -- foreign key below, with filings
  bound_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  live_for text GENERATED ALWAYS AS (CASE WHEN used_at IS NULL AND revoked_at IS NULL THEN 'code' END) STORED,
  -- When it was last granted, re-pointed, bound, released, used or revoked; NULL: nothing since its issue.
  changed_at timestamptz,
  -- When it stopped for good: its resource failed the policy, was changed afterwards, and the policy revives no code.
  -- Until that change the state is derived; the change would lose the failure.
  stopped_at timestamptz,
  CONSTRAINT filing_code_of_its_resource FOREIGN KEY (resource_id, issuer_account_id) REFERENCES resource (id, account_id),
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

-- What a code can never do. Sealing it anew under a newer key is always allowed; pointing it at another resource only
-- while it is not bound.
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
CREATE TRIGGER filing_code_starts_unused BEFORE INSERT ON filing_code FOR EACH ROW
  WHEN (NEW.used_at IS NOT NULL OR NEW.revoked_at IS NOT NULL OR NEW.bound_filing_id IS NOT NULL)
  EXECUTE FUNCTION refuse_write('a code starts unused');
CREATE TRIGGER filing_code_stops_once BEFORE UPDATE ON filing_code FOR EACH ROW
  WHEN (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at)
  EXECUTE FUNCTION refuse_write('a code that stopped for good stays stopped');
CREATE TRIGGER filing_code_is_kept BEFORE DELETE ON filing_code FOR EACH ROW
  EXECUTE FUNCTION refuse_write('codes are kept; revoke one instead');
CREATE TRIGGER filing_code_is_not_emptied BEFORE TRUNCATE ON filing_code FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('codes are kept');

-- The foreign key checks a code's spend while the code is unused. When it becomes used, the spend must be its own and
-- live at that very moment: otherwise a code could be moved off its spend on the way, and the quota be spent twice.
-- (Whether the spend of a used code is returned when its filing is cancelled is for the policy to say.)
CREATE FUNCTION require_spend_of_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_for = 'code') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing_code', CONSTRAINT = TG_NAME,
      MESSAGE = 'filing_code: it becomes used on a live place of its own only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_code_used_on_spend BEFORE UPDATE ON filing_code FOR EACH ROW
  WHEN (NEW.used_at IS NOT NULL AND OLD.used_at IS NULL) EXECUTE FUNCTION require_spend_of_used();

-- The outbox of codes: one event for each change, written by trigger in the very statement that makes the change, so that
-- no writer can change a code silently. Never a clear code, never personal data.
-- Per code the order of seq is the order of the changes (the code's row lock gives that). Over all codes it is not the
-- order of the commits: a relay takes what is not relayed yet, it does not keep a cursor.
-- CodeStopping, CodeSuspended and CodeRevived come from the daily scan, CodeFilingCancelled from the authority; they are
-- notices and change no code.
CREATE TABLE code_event (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL DEFAULT 'evt_' || replace(gen_random_uuid()::text, '-', ''),
  code_id text NOT NULL,
  type text NOT NULL CONSTRAINT code_event_type_known CHECK (type IN ('CodeIssued', 'CodeGranted',
    'CodeRepointed', 'CodeBound', 'CodeReleased', 'CodeUsed', 'CodeRevoked', 'CodeStopping', 'CodeSuspended',
    'CodeRevived', 'CodeFilingCancelled')),
  at timestamptz NOT NULL,
  issuer_account_id text NOT NULL,
  grantee_account_id text,
  resource_id text NOT NULL,
  detail jsonb NOT NULL,
  -- When it was handed to every receiver; only then may it be cleared away.
  relayed_at timestamptz
);
CREATE INDEX code_event_to_relay ON code_event (seq) WHERE relayed_at IS NULL;

CREATE TRIGGER code_event_is_a_fact BEFORE UPDATE ON code_event FOR EACH ROW
  WHEN (OLD.relayed_at IS NOT NULL OR NEW.relayed_at IS NULL
        OR (NEW.seq, NEW.id, NEW.code_id, NEW.type, NEW.at, NEW.issuer_account_id, NEW.resource_id, NEW.detail)
           <> (OLD.seq, OLD.id, OLD.code_id, OLD.type, OLD.at, OLD.issuer_account_id, OLD.resource_id, OLD.detail)
        OR NEW.grantee_account_id IS DISTINCT FROM OLD.grantee_account_id)
  EXECUTE FUNCTION refuse_write('events are facts; one can only be marked as relayed, and once');
CREATE TRIGGER code_event_is_kept_until_relayed BEFORE DELETE ON code_event FOR EACH ROW
  WHEN (OLD.relayed_at IS NULL) EXECUTE FUNCTION refuse_write('an event that was not relayed is kept');
CREATE TRIGGER code_event_is_not_emptied BEFORE TRUNCATE ON code_event FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('an event that was not relayed is kept');

-- Codes that are issued by one statement are recorded by one, so that its cost is shared by all of them.
CREATE FUNCTION record_codes_issued() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  SELECT id, 'CodeIssued', issued_at, issuer_account_id, grantee_account_id, resource_id, '{}' FROM made;
  RETURN NULL;
END $$;
CREATE TRIGGER filing_code_issue_is_told AFTER INSERT ON filing_code REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION record_codes_issued();

CREATE FUNCTION record_code_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  happened text;
  more jsonb;
BEGIN
  IF NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL THEN
    happened := 'CodeRevoked';
    more := '{}';
  ELSIF NEW.used_at IS NOT NULL AND OLD.used_at IS NULL THEN
    happened := 'CodeUsed';
    more := jsonb_build_object('filingId', NEW.bound_filing_id);
  ELSIF NEW.bound_filing_id IS NOT NULL AND OLD.bound_filing_id IS NULL THEN
    happened := 'CodeBound';
    more := jsonb_build_object('filingId', NEW.bound_filing_id);
  ELSIF NEW.bound_filing_id IS NULL AND OLD.bound_filing_id IS NOT NULL THEN
    happened := 'CodeReleased';
    more := jsonb_build_object('filingId', OLD.bound_filing_id);
  ELSIF NEW.resource_id <> OLD.resource_id THEN
    happened := 'CodeRepointed';
    more := jsonb_build_object('fromResourceId', OLD.resource_id);
  ELSE
    happened := 'CodeGranted';
    more := jsonb_build_object('fromAccountId', OLD.grantee_account_id);
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (NEW.id, happened, coalesce(NEW.changed_at, NEW.issued_at), NEW.issuer_account_id, NEW.grantee_account_id,
          NEW.resource_id, more);
  RETURN NULL;
END $$;
-- Sealing a code anew under a newer key is no event.
CREATE TRIGGER filing_code_change_is_told AFTER UPDATE ON filing_code FOR EACH ROW
  WHEN ((NEW.resource_id, NEW.grantee_account_id, NEW.granted_at, NEW.bound_filing_id, NEW.used_at, NEW.revoked_at)
        IS DISTINCT FROM
        (OLD.resource_id, OLD.grantee_account_id, OLD.granted_at, OLD.bound_filing_id, OLD.used_at, OLD.revoked_at))
  EXECUTE FUNCTION record_code_event();

-- The application's role has no right to write events (docs/database-role.md): it records notices through this function,
-- which refuses the types that stand for changes.
CREATE FUNCTION append_code_notice(code text, happened text, happened_at timestamptz, issuer text,
  grantee text, resource text, more jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF happened NOT IN ('CodeStopping', 'CodeSuspended', 'CodeRevived', 'CodeFilingCancelled') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'code_event', CONSTRAINT = 'append_code_notice',
      MESSAGE = 'code_event: changes of codes are recorded by triggers only';
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (code, happened, happened_at, issuer, grantee, resource, more);
END $$;

-- Filings -------------------------------------------------------------------------------------------------------------

-- The filing in flight (备案订单). The lists of states and kinds are those of model/filing; a test keeps them equal.
CREATE TABLE filing (
  id text PRIMARY KEY CONSTRAINT filing_id_is_no_holder CHECK (id <> 'code'),
  account_id text NOT NULL REFERENCES account (id),
  provider text NOT NULL,
  kind text NOT NULL CONSTRAINT filing_kind_known
    CHECK (kind IN ('first', 'access', 'add_site_here', 'add_site_elsewhere')),
  state text NOT NULL CONSTRAINT filing_state_known
    CHECK (state IN ('draft', 'awaiting_review', 'returned', 'awaiting_forward', 'awaiting_sms', 'sms_failed',
                     'awaiting_verdict', 'rejected', 'filed', 'abandoned')),
  version integer NOT NULL CHECK (version >= 1),
  domain_name text NOT NULL,
  service_kind text NOT NULL,
  subject_kind text NOT NULL,
  province_code text NOT NULL CHECK (province_code ~ '^[0-9]{6}$'),
  subject_hash text NOT NULL,
  subject_number text,
  service_number text,
  resource_id text REFERENCES resource (id),
  code_id text REFERENCES filing_code (id),
  spend_id text REFERENCES quota_spend (id),
  form jsonb NOT NULL,
  findings jsonb NOT NULL,
  submission_id text,
  submitted_by text,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  due_at timestamptz,
  -- No filing without quota: from submission on, the filing's own code is bound to it, or a direct
  -- spend is live for it (once filed, policy may return that spend, e.g. when the filing is cancelled).
  covered_by_code text GENERATED ALWAYS AS
    (CASE WHEN state IN ('awaiting_review', 'awaiting_forward', 'awaiting_sms', 'awaiting_verdict', 'filed')
          AND code_id IS NOT NULL THEN id END) STORED,
  covered_by_spend text GENERATED ALWAYS AS
    (CASE WHEN state IN ('awaiting_review', 'awaiting_forward', 'awaiting_sms', 'awaiting_verdict')
          AND code_id IS NULL THEN spend_id END) STORED,
  CONSTRAINT filing_submitted_spends CHECK
    (state IN ('draft', 'returned', 'sms_failed', 'rejected', 'abandoned')
     OR code_id IS NOT NULL OR spend_id IS NOT NULL),
  CONSTRAINT filing_covered_by_code FOREIGN KEY (covered_by_code) REFERENCES filing_code (bound_filing_id)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT filing_covered_by_spend FOREIGN KEY (covered_by_spend, id) REFERENCES quota_spend (id, live_for)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX filing_one_open_per_name ON filing (domain_name) WHERE state NOT IN ('filed', 'abandoned');
CREATE UNIQUE INDEX filing_one_open_per_subject ON filing (subject_hash) WHERE state NOT IN ('filed', 'abandoned');
CREATE INDEX filing_by_account ON filing (account_id, started_at DESC, id DESC);
CREATE INDEX filing_by_state ON filing (state, started_at DESC, id DESC);
CREATE INDEX filing_by_start ON filing (started_at DESC, id DESC);
-- By due date, what has none last: the queue of one state, and all open filings.
CREATE INDEX filing_by_state_due ON filing (state, (coalesce(due_at, 'infinity')), id);
CREATE INDEX filing_open_due ON filing ((coalesce(due_at, 'infinity')), id) WHERE state NOT IN ('filed', 'abandoned');
CREATE UNIQUE INDEX filing_by_submission ON filing (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX filing_overdue ON filing (due_at) WHERE state NOT IN ('filed', 'abandoned');
CREATE INDEX filing_by_code ON filing (code_id) WHERE code_id IS NOT NULL;
ALTER TABLE quota_spend ADD CONSTRAINT quota_spend_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing (id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE filing_code ADD CONSTRAINT filing_code_bound_filing_id_fkey
  FOREIGN KEY (bound_filing_id) REFERENCES filing (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TRIGGER filing_end_is_final BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (OLD.state IN ('filed', 'abandoned') AND NEW.state <> OLD.state)
  EXECUTE FUNCTION refuse_write('a filing that ended stays ended');
CREATE TRIGGER filing_is_kept BEFORE DELETE ON filing FOR EACH ROW
  EXECUTE FUNCTION refuse_write('filings are kept; abandon one instead');

-- Checked at once, not at the end of the transaction: later statements of it may return the spend for good reasons.
CREATE FUNCTION require_spend_of_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_for = NEW.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing', CONSTRAINT = 'filing_filed_on_spend',
      MESSAGE = 'filing: it becomes filed on a live place of its own only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_filed_on_spend BEFORE INSERT ON filing FOR EACH ROW
  WHEN (NEW.state = 'filed' AND NEW.code_id IS NULL) EXECUTE FUNCTION require_spend_of_filed();
CREATE TRIGGER filing_becomes_filed_on_spend BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (NEW.state = 'filed' AND NEW.code_id IS NULL
        AND (OLD.state <> 'filed' OR OLD.code_id IS NOT NULL OR NEW.spend_id IS DISTINCT FROM OLD.spend_id))
  EXECUTE FUNCTION require_spend_of_filed();

CREATE TABLE filing_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_role text NOT NULL,
  type text NOT NULL,
  detail jsonb
);
CREATE INDEX filing_event_by_filing ON filing_event (filing_id, id);
CREATE TRIGGER filing_event_is_append_only BEFORE UPDATE OR DELETE ON filing_event FOR EACH ROW
  EXECUTE FUNCTION refuse_write('events are facts; they are only added');
CREATE TRIGGER filing_event_is_not_emptied BEFORE TRUNCATE ON filing_event FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('events are facts; they are only added');

-- Records -------------------------------------------------------------------------------------------------------------

-- The authority's records (备案), which outlive the filings that led to them: of the subject (主体), of each of its
-- services (网站, APP), and of a service's access (接入) here. A cancelled service keeps its row, so that the gate can
-- say why its domain is blocked. moved_at: when it last changed, for the feed of the gates.
CREATE TABLE subject_record (
  id text PRIMARY KEY,
  number text NOT NULL CONSTRAINT subject_record_number UNIQUE,
  account_id text NOT NULL REFERENCES account (id),
  subject_kind text NOT NULL,
  subject_hash text NOT NULL,
  unit_name text,
  sealed_name text NOT NULL,
  province_code text NOT NULL CHECK (province_code ~ '^[0-9]{6}$'),
  recorded_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  moved_at timestamptz GENERATED ALWAYS AS (greatest(recorded_at, cancelled_at)) STORED,
  CONSTRAINT subject_record_individuals_sealed CHECK (subject_kind <> 'individual' OR unit_name IS NULL)
);
CREATE INDEX subject_record_by_hash ON subject_record (subject_hash);
CREATE INDEX subject_record_by_account ON subject_record (account_id, number);
CREATE INDEX subject_record_by_unit_name ON subject_record (lower(unit_name)) WHERE unit_name IS NOT NULL;
CREATE INDEX subject_record_by_lower_number ON subject_record (lower(number));

CREATE TABLE service_record (
  id text PRIMARY KEY,
  number text NOT NULL CONSTRAINT service_record_number UNIQUE,
  subject_record_id text NOT NULL REFERENCES subject_record (id),
  service_kind text NOT NULL,
  service_name text NOT NULL,
  domain_name text NOT NULL,
  state text NOT NULL CONSTRAINT service_record_state_known
    CHECK (state IN ('filed', 'cancelled', 'suspended', 'blacklisted')),
  recorded_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  moved_at timestamptz GENERATED ALWAYS AS (greatest(recorded_at, cancelled_at)) STORED,
  -- Since when it is in this state; NULL after a change made directly in the database.
  state_since timestamptz,
  CONSTRAINT service_record_cancelled_when CHECK (cancelled_at IS NULL OR state = 'cancelled')
);
CREATE INDEX service_record_by_subject ON service_record (subject_record_id, number);
CREATE INDEX service_record_by_domain_name ON service_record (domain_name);
CREATE INDEX service_record_by_lower_domain_name ON service_record (lower(domain_name));
CREATE INDEX service_record_by_lower_number ON service_record (lower(number));

CREATE FUNCTION date_service_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.state_since := coalesce(NEW.state_since, NEW.recorded_at);
  ELSIF NEW.state <> OLD.state AND NEW.state_since IS NOT DISTINCT FROM OLD.state_since THEN
    NEW.state_since := CASE WHEN NEW.state = 'cancelled' THEN NEW.cancelled_at END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER service_record_state_dated BEFORE INSERT OR UPDATE ON service_record FOR EACH ROW
  EXECUTE FUNCTION date_service_state();

-- ended_at: the access ended.
CREATE TABLE access (
  id text PRIMARY KEY,
  service_record_id text NOT NULL REFERENCES service_record (id),
  provider text NOT NULL,
  resource_id text REFERENCES resource (id),
  filing_id text REFERENCES filing (id),
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  moved_at timestamptz GENERATED ALWAYS AS (greatest(started_at, ended_at)) STORED
);
CREATE UNIQUE INDEX access_one_live ON access (service_record_id, provider, resource_id) NULLS NOT DISTINCT
  WHERE ended_at IS NULL;
CREATE INDEX access_by_service_record ON access (service_record_id);

-- An access filing that passed initial review: its domain may be served until this day, whether recorded here or not.
CREATE TABLE grace (
  filing_id text PRIMARY KEY REFERENCES filing (id),
  domain_name text NOT NULL,
  number text NOT NULL,
  until date,
  changed_at timestamptz NOT NULL
);
CREATE INDEX grace_by_domain_name ON grace (domain_name) WHERE until IS NOT NULL;

-- The feed of the gates -----------------------------------------------------------------------------------------------

-- The version of what gates know, and the name of the history up to it (`mark`): a database restored from a backup counts
-- through the same versions again and must not be taken for the same.
CREATE TABLE gate_change (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL CHECK (version >= 0),
  changed_at timestamptz NOT NULL,
  mark text NOT NULL DEFAULT ''
);
INSERT INTO gate_change (version, changed_at) VALUES (0, '1970-01-01T00:00:00Z');
CREATE TRIGGER gate_change_is_kept BEFORE DELETE ON gate_change FOR EACH ROW
  EXECUTE FUNCTION refuse_write('the version is kept');
CREATE TRIGGER gate_change_only_rises BEFORE UPDATE ON gate_change FOR EACH ROW WHEN (NEW.version <= OLD.version)
  EXECUTE FUNCTION refuse_write('the version only rises');

-- What gates know, domain by domain. A website's record covers what is below its domain, an APP's is for exactly its
-- domain: each has up to two entries. `record` is what model/gate calls a GateRecord.
CREATE TABLE gate_entry (
  name text COLLATE "C" NOT NULL,
  exact boolean NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (name, exact)
);

-- Every change of it in one order, without gaps. `mark` as in gate_change; `tx`: the changes of one transaction are read
-- in one piece. The first row is where the feed begins.
CREATE TABLE gate_log (
  sequence bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  exact boolean NOT NULL,
  record jsonb,
  mark text NOT NULL,
  tx bigint NOT NULL
);
INSERT INTO gate_log (sequence, name, exact, record, mark, tx) VALUES (0, '', false, NULL, '', 0);
CREATE TRIGGER gate_log_is_kept BEFORE UPDATE ON gate_log FOR EACH ROW
  EXECUTE FUNCTION refuse_write('changes that gates have read are not altered');

-- The entries of these domains as they should be now. Where several records name one, one that is in force comes before a
-- cancelled one, then the latest.
CREATE FUNCTION gate_view(names text[]) RETURNS TABLE (name text, exact boolean, record jsonb) LANGUAGE sql STABLE AS $$
  WITH spoken AS (
    SELECT DISTINCT ON (s.domain_name, s.service_kind IN ('app', 'mini_program'))
           s.domain_name, s.service_kind IN ('app', 'mini_program') AS exact, s.number, s.state, s.state_since,
           s.service_kind
    FROM service_record s WHERE s.domain_name = ANY (names)
    ORDER BY s.domain_name, s.service_kind IN ('app', 'mini_program'), s.state = 'cancelled', s.recorded_at DESC, s.id DESC
  ), tie AS (
    SELECT s.domain_name, s.service_kind IN ('app', 'mini_program') AS exact,
           jsonb_agg(DISTINCT a.provider ORDER BY a.provider) FILTER (WHERE a.ended_at IS NULL) AS accesses,
           min(a.started_at) FILTER (WHERE a.ended_at IS NULL) AS opened_at, max(a.ended_at) AS ended_at
    FROM service_record s JOIN access a ON a.service_record_id = s.id
    WHERE s.domain_name = ANY (names) GROUP BY 1, 2
  ), grace_open AS (
    SELECT DISTINCT ON (g.domain_name, f.service_kind IN ('app', 'mini_program'))
           g.domain_name, f.service_kind IN ('app', 'mini_program') AS exact, g.number, g.until, g.changed_at,
           f.service_kind
    FROM grace g JOIN filing f ON f.id = g.filing_id
    WHERE g.until IS NOT NULL AND g.domain_name = ANY (names)
    ORDER BY g.domain_name, f.service_kind IN ('app', 'mini_program'), g.until DESC
  )
  SELECT coalesce(s.domain_name, g.domain_name), coalesce(s.exact, g.exact), jsonb_strip_nulls(jsonb_build_object(
    'name', coalesce(s.domain_name, g.domain_name),
    'number', coalesce(s.number, g.number),
    'accesses', coalesce(t.accesses, '[]'),
    'state', nullif(s.state, 'filed'),
    'graceUntil', g.until,
    'serviceKind', CASE WHEN coalesce(s.exact, g.exact) THEN coalesce(s.service_kind, g.service_kind) END,
    'since', (CASE WHEN s.state <> 'filed' THEN s.state_since
                   WHEN t.opened_at IS NOT NULL THEN t.opened_at
                   WHEN s.number IS NULL THEN g.changed_at
                   ELSE coalesce(t.ended_at, s.state_since) END AT TIME ZONE 'Asia/Shanghai')::date))
  FROM spoken s FULL JOIN grace_open g ON g.domain_name = s.domain_name AND g.exact = s.exact
  LEFT JOIN tie t ON t.domain_name = s.domain_name AND t.exact = s.exact
$$;

-- The one row of gate_change is locked before any row of a record, until the transaction ends: another transaction's
-- change of the same domain is either seen whole or comes after, sequences become visible in their order and without a
-- gap, and nobody waits for it while holding a record.
CREATE FUNCTION hold_gate_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM version FROM gate_change FOR UPDATE;
  RETURN NULL;
END $$;
CREATE TRIGGER subject_record_held BEFORE INSERT OR UPDATE OR DELETE ON subject_record FOR EACH STATEMENT
  EXECUTE FUNCTION hold_gate_change();
CREATE TRIGGER service_record_held BEFORE INSERT OR UPDATE OR DELETE ON service_record FOR EACH STATEMENT
  EXECUTE FUNCTION hold_gate_change();
CREATE TRIGGER access_held BEFORE INSERT OR UPDATE OR DELETE ON access FOR EACH STATEMENT
  EXECUTE FUNCTION hold_gate_change();
CREATE TRIGGER grace_held BEFORE INSERT OR UPDATE OR DELETE ON grace FOR EACH STATEMENT
  EXECUTE FUNCTION hold_gate_change();

-- Compares these names with what gates know of them, and writes down each difference as the next change. `latest` is
-- when it happened: only the application knows the clock.
CREATE FUNCTION log_gate_changes(names text[], latest timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  before bigint;
  history text;
BEGIN
  IF cardinality(names) = 0 THEN
    RETURN;
  END IF;
  SELECT version, gate_change.mark INTO before, history FROM gate_change FOR UPDATE;
  WITH changed AS (
    SELECT coalesce(n.name, e.name) AS name, coalesce(n.exact, e.exact) AS exact, n.record,
           before + row_number() OVER (ORDER BY coalesce(n.name, e.name) COLLATE "C", coalesce(n.exact, e.exact)) AS sequence
    FROM gate_view(names) n
    FULL JOIN (SELECT * FROM gate_entry WHERE gate_entry.name = ANY (names)) e ON e.name = n.name AND e.exact = n.exact
    WHERE n.record IS DISTINCT FROM e.record
  ), removed AS (
    DELETE FROM gate_entry e USING changed c WHERE c.record IS NULL AND e.name = c.name AND e.exact = c.exact
  ), put AS (
    INSERT INTO gate_entry (name, exact, record) SELECT name, exact, record FROM changed WHERE record IS NOT NULL
    ON CONFLICT (name, exact) DO UPDATE SET record = excluded.record
  ), total AS (
    SELECT count(*) AS changes,
           md5(history || string_agg(concat_ws(' ', sequence, name, exact, record), ',' ORDER BY sequence)) AS mark
    FROM changed
  ), logged AS (
    INSERT INTO gate_log (sequence, name, exact, record, mark, tx)
    SELECT c.sequence, c.name, c.exact, c.record, total.mark, pg_current_xact_id()::text::bigint FROM changed c, total
  )
  UPDATE gate_change SET version = version + total.changes, mark = total.mark, changed_at = greatest(changed_at, latest)
  FROM total WHERE total.changes > 0;
  -- A gate that is further behind takes a whole snapshot.
  DELETE FROM gate_log WHERE sequence <= (SELECT version FROM gate_change) - 100000;
END $$;

-- One function for each table, in which `changed` is the new rows, or the deleted ones, and `was` the rows before an
-- update. A table's columns are named here and nowhere else: no SQL comes out of a trigger's arguments.
CREATE FUNCTION log_service_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    names := ARRAY(SELECT domain_name FROM was UNION SELECT domain_name FROM changed);
  ELSE
    names := ARRAY(SELECT DISTINCT domain_name FROM changed);
  END IF;
  PERFORM log_gate_changes(names, (SELECT max(moved_at) FROM changed));
  RETURN NULL;
END $$;
CREATE FUNCTION log_access_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    names := ARRAY(SELECT DISTINCT s.domain_name FROM service_record s
      JOIN (SELECT service_record_id FROM was UNION SELECT service_record_id FROM changed) c ON c.service_record_id = s.id);
  ELSE
    names := ARRAY(SELECT DISTINCT s.domain_name FROM service_record s JOIN changed c ON c.service_record_id = s.id);
  END IF;
  PERFORM log_gate_changes(names, (SELECT max(moved_at) FROM changed));
  RETURN NULL;
END $$;
CREATE FUNCTION log_grace_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    names := ARRAY(SELECT domain_name FROM was UNION SELECT domain_name FROM changed);
  ELSE
    names := ARRAY(SELECT DISTINCT domain_name FROM changed);
  END IF;
  PERFORM log_gate_changes(names, (SELECT max(changed_at) FROM changed));
  RETURN NULL;
END $$;

CREATE TRIGGER service_record_added_for_gate AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION log_service_changes();
CREATE TRIGGER service_record_changed_for_gate AFTER UPDATE ON service_record
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION log_service_changes();
CREATE TRIGGER service_record_removed_for_gate AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION log_service_changes();
CREATE TRIGGER access_added_for_gate AFTER INSERT ON access REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION log_access_changes();
CREATE TRIGGER access_changed_for_gate AFTER UPDATE ON access
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION log_access_changes();
CREATE TRIGGER access_removed_for_gate AFTER DELETE ON access REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION log_access_changes();
CREATE TRIGGER grace_added_for_gate AFTER INSERT ON grace REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION log_grace_changes();
CREATE TRIGGER grace_changed_for_gate AFTER UPDATE ON grace
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION log_grace_changes();
CREATE TRIGGER grace_removed_for_gate AFTER DELETE ON grace REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION log_grace_changes();

-- The authority -------------------------------------------------------------------------------------------------------

-- What was handed to the authority, and its receipt.
CREATE TABLE submission (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  made_at timestamptz NOT NULL,
  receipt text,
  received_at timestamptz,
  CONSTRAINT submission_receipt_when CHECK ((receipt IS NULL) = (received_at IS NULL))
);
CREATE INDEX submission_by_filing ON submission (filing_id);

-- Every message once, however often it is delivered. No foreign key: a message may name a submission that is not ours,
-- and a message about a record names none.
CREATE TABLE authority_message (
  message_id text PRIMARY KEY,
  submission_id text,
  body jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('applied', 'stale'))
);
CREATE INDEX authority_message_by_submission ON authority_message (submission_id);
-- Approvals and cancellations of one number are read together: one of them may have overtaken the other.
CREATE INDEX authority_message_of_number ON authority_message ((coalesce(body->>'number', body->>'serviceNumber')))
  WHERE body->>'kind' IN ('approved', 'cancelled');

-- Jobs, audit, idempotency --------------------------------------------------------------------------------------------

-- Outbox and queue. A finished job is deleted in the transaction of its effect.
CREATE TABLE job (
  id text PRIMARY KEY,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamptz,
  last_error text,
  CONSTRAINT job_lease_whole CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX job_due ON job (run_at, id);

CREATE TABLE audit (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_role text NOT NULL,
  account_id text,
  action text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  detail jsonb
);
-- Ascending: a new row goes to the right end of the index, which is the cheap one. Lists read it backwards.
CREATE INDEX audit_by_object ON audit (object_id, at, id);
CREATE INDEX audit_by_time ON audit (at, id);
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW
  EXECUTE FUNCTION refuse_write('audit rows are only added');
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('audit rows are only added');

CREATE TABLE idempotency (
  actor_id text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  response jsonb,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (actor_id, operation, key)
);
-- Rows are cleared away by their age.
CREATE INDEX idempotency_old ON idempotency (claimed_at);

-- Webhooks ------------------------------------------------------------------------------------------------------------

-- Receivers of events: an account's, or (account_id NULL) the provider's. Secrets are sealed; after a rotation the
-- previous one signs too, until its end. types '{}' means all.
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
  -- Deliveries that failed for good since the last one that was delivered.
  dead_in_row integer NOT NULL DEFAULT 0 CHECK (dead_in_row >= 0),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  CONSTRAINT webhook_previous_secret_whole CHECK ((previous_sealed_secret IS NULL) = (previous_secret_until IS NULL)),
  CONSTRAINT webhook_pause_whole CHECK ((paused_at IS NULL) = (paused_because IS NULL))
);
CREATE INDEX webhook_by_account ON webhook (account_id, id);

-- One event for one receiver, kept here until it is delivered or has failed for good. The body is written once: every
-- attempt sends the same. order_key: events that must arrive in order share it, the code; NULL for test events.
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
  CONSTRAINT webhook_delivery_ends CHECK
    ((state = 'waiting') = (ended_at IS NULL) AND (state = 'waiting') = (next_at IS NOT NULL)),
  CONSTRAINT webhook_delivery_lease_whole CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT webhook_delivery_lease_waits CHECK (lease_owner IS NULL OR state = 'waiting')
) WITH (fillfactor = 80);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at, seq) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_in_order ON webhook_delivery (webhook_id, order_key, seq) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (webhook_id, id DESC);
CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX webhook_delivery_busy ON webhook_delivery (webhook_id, lease_until) WHERE lease_until IS NOT NULL;

-- API keys ------------------------------------------------------------------------------------------------------------

-- Keys by which an account's own programs call the API. Of the secret only a keyed hash is kept; after a rotation the
-- earlier one is valid for a while, so that programs can change over without a gap.
CREATE TABLE api_key (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES account (id),
  name text NOT NULL,
  scopes text[] NOT NULL CONSTRAINT api_key_has_scopes CHECK (cardinality(scopes) > 0),
  secret_hash text NOT NULL,
  earlier_hash text,
  earlier_until timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  rotated_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  CONSTRAINT api_key_earlier_until_when CHECK ((earlier_hash IS NULL) = (earlier_until IS NULL))
);
CREATE INDEX api_key_by_account ON api_key (account_id, id);

-- A revoked key stays revoked, and a key keeps its account.
CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.account_id, NEW.created_at, NEW.created_by) <> (OLD.id, OLD.account_id, OLD.created_at, OLD.created_by)
    OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at, NEW.secret_hash) IS DISTINCT FROM (OLD.revoked_at, OLD.secret_hash))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'api_key', CONSTRAINT = TG_NAME,
      MESSAGE = 'api_key: a key keeps its account, and a revoked one stays revoked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER api_key_life BEFORE UPDATE ON api_key FOR EACH ROW EXECUTE FUNCTION guard_api_key();
CREATE TRIGGER api_key_is_kept BEFORE DELETE ON api_key FOR EACH ROW
  EXECUTE FUNCTION refuse_write('keys are kept; revoke one instead');

-- Time ----------------------------------------------------------------------------------------------------------------

-- An index of the days on which codes stop, computed by the model from resource and policy. It decides nothing: every
-- answer derives each code again, and the whole of it can be emptied and is computed anew.
-- stops_on: the first day on which the code cannot be used; NULL: nothing expires, or the code is not in force anyway.
-- warn_on: when the next notice is due. told_suspended: the last notice about it; NULL: none yet.
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

-- By which facts and rules the codes of a resource were computed; '' means by none.
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

-- One notice for each code, threshold and stop day.
CREATE TABLE code_warning (
  code_id text NOT NULL,
  stops_on date NOT NULL,
  threshold_days integer NOT NULL,
  PRIMARY KEY (code_id, stops_on, threshold_days)
);
CREATE INDEX code_warning_old ON code_warning (stops_on);

-- Notices -------------------------------------------------------------------------------------------------------------

-- What the console shows an account (account_id NULL: the provider). One for all codes of a resource together: `about`
-- names what it is one of, `codes` counts them. The text is made when it is read.
-- A notice's mail waits in its row until it was sent or has failed for good; mail_next_at NULL: nothing waits.
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
  mail_next_at timestamptz,
  mail_attempts integer NOT NULL DEFAULT 0,
  mail_ended_at timestamptz,
  mail_error text,
  CONSTRAINT notice_once UNIQUE NULLS NOT DISTINCT (account_id, about)
);
CREATE INDEX notice_of_account ON notice (account_id, id);
CREATE INDEX notice_unread ON notice (account_id) WHERE read_at IS NULL;
CREATE INDEX notice_old ON notice (at);
CREATE INDEX notice_mail_due ON notice (mail_next_at) WHERE mail_next_at IS NOT NULL;

-- Rotation of keys ----------------------------------------------------------------------------------------------------

-- How far sealing and hashing anew has come, so that it continues where it was interrupted. target names the keys that
-- everything is brought under; with other keys it starts again.
CREATE TABLE reseal_progress (
  kind text PRIMARY KEY CHECK (kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses')),
  target text NOT NULL,
  done_to text NOT NULL,
  done_at timestamptz NOT NULL
);

-- Sign-in -------------------------------------------------------------------------------------------------------------

-- Tables of the sign-in library (better-auth 1.7 with its username plugin), under our names; the columns are named as
-- it names them. A test asks the library whether anything is missing.
CREATE TABLE auth_user (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL CONSTRAINT auth_user_email UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  username text CONSTRAINT auth_user_username UNIQUE,
  "displayUsername" text,
  role text NOT NULL CHECK (role IN ('customer', 'reviewer', 'operator', 'auditor')),
  "accountId" text REFERENCES account (id),
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  CONSTRAINT auth_user_customer_has_account CHECK (role <> 'customer' OR "accountId" IS NOT NULL)
);

CREATE TABLE auth_session (
  id text PRIMARY KEY,
  token text NOT NULL CONSTRAINT auth_session_token UNIQUE,
  "userId" text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  "expiresAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX auth_session_by_user ON auth_session ("userId");

CREATE TABLE auth_credential (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX auth_credential_by_user ON auth_credential ("userId");

CREATE TABLE auth_verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX auth_verification_by_identifier ON auth_verification (identifier);

-- Attempts per address and path, so that several servers slow a guesser down together.
CREATE TABLE auth_rate_limit (
  id text PRIMARY KEY,
  key text NOT NULL CONSTRAINT auth_rate_limit_key UNIQUE,
  count integer NOT NULL,
  "lastRequest" bigint NOT NULL
);

-- Last ----------------------------------------------------------------------------------------------------------------

-- Names in these functions mean our tables: by default a session's temporary table called "quota" would be found first
-- and counted instead.
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND (prorettype = 'trigger'::regtype OR proname = 'append_code_notice')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
