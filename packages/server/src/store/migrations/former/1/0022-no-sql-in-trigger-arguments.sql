-- Brings a database to what migration 0001 of the next list makes at once.

-- The triggers that tell gates of changes executed SQL out of their arguments. Each table has a function of its own now.
DROP TRIGGER service_record_added_for_gate ON service_record;
DROP TRIGGER service_record_changed_for_gate ON service_record;
DROP TRIGGER service_record_removed_for_gate ON service_record;
DROP TRIGGER access_added_for_gate ON access;
DROP TRIGGER access_changed_for_gate ON access;
DROP TRIGGER access_removed_for_gate ON access;
DROP TRIGGER grace_added_for_gate ON grace;
DROP TRIGGER grace_changed_for_gate ON grace;
DROP TRIGGER grace_removed_for_gate ON grace;
DROP FUNCTION tell_gates();

-- Compares these names with what gates know of them, and writes down each difference as the next change. `latest` is
-- when it happened: only the application knows the clock.
CREATE OR REPLACE FUNCTION log_gate_changes(names text[], latest timestamptz) RETURNS void LANGUAGE plpgsql AS $$
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

-- A change of a record reads its accesses.
CREATE INDEX access_by_service_record ON access (service_record_id);

-- Issues are recorded by record_codes_issued since migration 15; the branch for them goes.
CREATE OR REPLACE FUNCTION record_code_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
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

CREATE OR REPLACE FUNCTION append_code_notice(code text, happened text, happened_at timestamptz, issuer text,
  grantee text, resource text, more jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF happened NOT IN ('CodeStopping', 'CodeSuspended', 'CodeRevived', 'CodeFilingCancelled') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'code_event', CONSTRAINT = 'append_code_notice',
      MESSAGE = 'code_event: changes of codes are recorded by triggers only';
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (code, happened, happened_at, issuer, grantee, resource, more);
END $$;

DROP TRIGGER gate_log_is_kept ON gate_log;
CREATE TRIGGER gate_log_is_kept BEFORE UPDATE ON gate_log FOR EACH ROW
  EXECUTE FUNCTION refuse_write('changes that gates have read are not altered');
DROP TRIGGER quota_spend_is_kept ON quota_spend;
CREATE TRIGGER quota_spend_is_kept BEFORE DELETE ON quota_spend FOR EACH ROW
  EXECUTE FUNCTION refuse_write('spends are kept; return one instead');
DROP TRIGGER quota_spend_starts_live ON quota_spend;
CREATE TRIGGER quota_spend_starts_live BEFORE INSERT ON quota_spend FOR EACH ROW
  WHEN (NEW.returned_at IS NOT NULL) EXECUTE FUNCTION refuse_write('a new spend is not returned yet');
DROP TRIGGER filing_is_kept ON filing;
CREATE TRIGGER filing_is_kept BEFORE DELETE ON filing FOR EACH ROW
  EXECUTE FUNCTION refuse_write('filings are kept; abandon one instead');

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
