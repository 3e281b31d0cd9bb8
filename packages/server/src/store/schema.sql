-- The schema as the database itself describes it, after all migrations. Written by `npm run docs`, compared by a test;
-- what each part is for is said in migrations/0001-schema.sql.

CREATE OR REPLACE FUNCTION append_code_notice(code text, happened text, happened_at timestamp with time zone, issuer
  text, grantee text, resource text, more jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF happened NOT IN ('CodeStopping', 'CodeSuspended', 'CodeRevived', 'CodeFilingCancelled') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'code_event', CONSTRAINT = 'append_code_notice',
      MESSAGE = 'code_event: changes of codes are recorded by triggers only';
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (code, happened, happened_at, issuer, grantee, resource, more);
END $function$;

CREATE OR REPLACE FUNCTION asked_grams(text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  SELECT coalesce(array_agg(substr(t, i, 2)), '{}') FROM lower($1) AS t, generate_series(1, greatest(length(t) - 1, 1)) AS i
$function$;

CREATE OR REPLACE FUNCTION count_failing_job()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO row_count_change (counted, state, change)
  VALUES ('job_failing', NEW.topic, CASE WHEN NEW.last_error IS NULL THEN -1 ELSE 1 END);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION count_filings()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO row_count_change (counted, state, change) SELECT 'filing', state, count(*) FROM changed GROUP BY state;
  ELSE
    INSERT INTO row_count_change (counted, state, change)
    SELECT 'filing', state, sum(change)
    FROM (SELECT state, -1 AS change FROM former UNION ALL SELECT state, 1 FROM changed) AS moved
    GROUP BY state HAVING sum(change) <> 0;
  END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION count_jobs()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO row_count_change (counted, state, change)
  SELECT counted, topic, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM changed, LATERAL (VALUES ('job', true), ('job_failing', last_error IS NOT NULL)) AS kind (counted, holds)
  WHERE holds GROUP BY counted, topic;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION count_parked_work()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO row_count_change (counted, change)
  VALUES ('work_failure_parked', CASE WHEN NEW.retry_at IS NULL THEN 1 ELSE -1 END);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION count_rows()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO row_count_change (counted, change)
  SELECT TG_TABLE_NAME, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION count_work_failures()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO row_count_change (counted, change)
  SELECT counted, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM changed, LATERAL (VALUES ('work_failure', true), ('work_failure_parked', retry_at IS NULL)) AS kind (counted, holds)
  WHERE holds GROUP BY counted;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION gate_view(names text[])
 RETURNS TABLE(name text, exact boolean, record jsonb)
 LANGUAGE sql
 STABLE
AS $function$
  WITH current_record AS (
    SELECT DISTINCT ON (s.domain_name, s.service_kind IN ('app', 'mini_program'))
           s.domain_name, s.service_kind IN ('app', 'mini_program') AS exact, s.number, s.state, s.state_since,
           s.service_kind
    FROM service_record s WHERE s.domain_name = ANY (names)
    ORDER BY s.domain_name, s.service_kind IN ('app', 'mini_program'), s.state = 'cancelled', s.recorded_at DESC, s.id DESC
  ), accesses_of_name AS (
    SELECT s.domain_name, s.service_kind IN ('app', 'mini_program') AS exact,
           jsonb_agg(DISTINCT a.provider ORDER BY a.provider) FILTER (WHERE a.ended_at IS NULL) AS accesses,
           min(a.started_at) FILTER (WHERE a.ended_at IS NULL) AS opened_at, max(a.ended_at) AS ended_at
    FROM service_record s JOIN access a ON a.service_record_id = s.id
    WHERE s.domain_name = ANY (names) GROUP BY 1, 2
  ), open_grace AS (
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
  FROM current_record s FULL JOIN open_grace g ON g.domain_name = s.domain_name AND g.exact = s.exact
  LEFT JOIN accesses_of_name t ON t.domain_name = s.domain_name AND t.exact = s.exact
$function$;

CREATE OR REPLACE FUNCTION guard_api_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF (NEW.id, NEW.account_id, NEW.created_at, NEW.created_by) <> (OLD.id, OLD.account_id, OLD.created_at, OLD.created_by)
    OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at, NEW.secret_hash) IS DISTINCT FROM (OLD.revoked_at, OLD.secret_hash))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'api_key', CONSTRAINT = TG_NAME,
      MESSAGE = 'api_key: a key keeps its account, and a revoked one stays revoked';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION guard_filing_code()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION guard_filing_end()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF OLD.state = 'abandoned'
    AND EXISTS (SELECT FROM filing_lapse WHERE filing_id = OLD.id AND filing_lapse.state = NEW.state) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing', CONSTRAINT = TG_NAME,
    MESSAGE = 'filing: a filing that ended stays ended';
END $function$;

CREATE OR REPLACE FUNCTION lock_gate_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  PERFORM version FROM gate_change FOR UPDATE;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION log_access_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION log_gate_changes(names text[], latest timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  before bigint;
  history text;
BEGIN
  IF cardinality(names) = 0 THEN
    RETURN;
  END IF;
  SELECT version, gate_change.history_digest INTO before, history FROM gate_change FOR UPDATE;
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
           md5(history || string_agg(concat_ws(' ', sequence, name, exact, record), ',' ORDER BY sequence)) AS history_digest
    FROM changed
  ), logged AS (
    INSERT INTO gate_log (sequence, name, exact, record, history_digest, tx)
    SELECT c.sequence, c.name, c.exact, c.record, total.history_digest, pg_current_xact_id()::text::bigint FROM changed c, total
  )
  UPDATE gate_change SET version = version + total.changes, history_digest = total.history_digest, changed_at = greatest(changed_at, latest)
  FROM total WHERE total.changes > 0;
  -- A gate that is further behind takes a whole snapshot.
  DELETE FROM gate_log WHERE sequence <= (SELECT version FROM gate_change) - 100000;
END $function$;

CREATE OR REPLACE FUNCTION log_grace_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION log_service_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION mark_resource_clock()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO resource_clock (resource_id) VALUES (NEW.id)
  ON CONFLICT (resource_id) DO UPDATE SET stale = true WHERE NOT resource_clock.stale;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION move_quota_on_return()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  -- Every updated row was given back by this statement: quota_spend_is_returned_once lets nothing else pass.
  UPDATE quota SET spent = quota.spent - moved.count, changed_at = greatest(quota.changed_at, moved.at)
  FROM (SELECT ledger_key, count(*)::integer AS count, max(returned_at) AS at FROM given_back GROUP BY ledger_key) AS moved
  WHERE quota.ledger_key = moved.ledger_key;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION move_quota_on_spend()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION name_variants(text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  SELECT CASE WHEN s = '' THEN '{}'
    WHEN length(s) BETWEEN 4 AND 40
      THEN ARRAY[s] || ARRAY(SELECT DISTINCT overlay(s PLACING '' FROM i FOR 1) FROM generate_series(1, length(s)) AS i)
    ELSE ARRAY[s] END
  FROM (SELECT replace(replace(translate(replace(lower(normalize(left($1, 200), NFKC)), '-', ''),
      '0оοօ1iіιӏɩıíаαɑеεҽсϲрρхχуγүкκмμнηтτвβѕ5јһԁԛԝѡωνѵոսàáâãäåçèéêëìîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝ'
      || 'ğġģĥĩīĭįĳĵķĺļľŀńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǆǉǌǎǐǒǔǖǘǚǜǟǡǧǩǫǭǰǳǵǹǻȁȃȅȇȉȋȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳ',
      'oooollllllllaaaeeeccppxxyyykkmmhhttbbssjhdqwwwvvnuaaaaaaceeeelllnooooouuuuyyaaaccccdeeeeeg'
      || 'ggghllllljkllllnnnooorrrssssttuuuuuuwyzzzoudlnalouuuuuaagkoojdgnaaaeelloorruusthaeooooy'),
    'rn', 'm'), 'vv', 'w') AS s) AS t
$function$;

CREATE OR REPLACE FUNCTION note_end_of_filing()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  UPDATE material SET filing_ended_at = CASE WHEN NEW.state = 'abandoned' THEN NEW.updated_at END
  WHERE filing_id = NEW.id;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION raise_resource_version()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  NEW.version := OLD.version;
  IF (NEW.account_id, NEW.provider, NEW.product, NEW.facts)
     IS DISTINCT FROM (OLD.account_id, OLD.provider, OLD.product, OLD.facts) THEN
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION record_code_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION record_codes_issued()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  SELECT id, 'CodeIssued', issued_at, issuer_account_id, grantee_account_id, resource_id, '{}' FROM made;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION refuse_audit_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT FROM audit_clearing
    WHERE day = (OLD.at AT TIME ZONE 'Asia/Shanghai')::date AND cleared_to IS DISTINCT FROM last_seal)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = 'audit: audit rows are only added, and go only with the clearing of their day';
END $function$;

CREATE OR REPLACE FUNCTION refuse_early_clearing()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF NEW.day + 184 < (now() AT TIME ZONE 'Asia/Shanghai')::date THEN RETURN NEW; END IF;
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = 'audit_clearing: the audit is kept for six months at least';
END $function$;

CREATE OR REPLACE FUNCTION refuse_subject_of_other()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('filings of the subject ' || NEW.subject_hash, 0));
  IF EXISTS (SELECT FROM filing WHERE subject_hash = NEW.subject_hash AND account_id <> NEW.account_id
             AND state NOT IN ('filed', 'abandoned') AND set_aside_at IS NULL
             AND (state <> 'draft' OR subject_given_at IS NOT NULL)) THEN
    -- As a new row that collides: it is not written.
    IF TG_OP = 'INSERT' THEN RETURN NULL; END IF;
    RAISE EXCEPTION USING ERRCODE = 'unique_violation', TABLE = 'filing', CONSTRAINT = 'filing_one_held_per_subject',
      MESSAGE = 'filing: another account holds the organiser';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION refuse_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = TG_TABLE_NAME || ': ' || TG_ARGV[0];
END $function$;

CREATE OR REPLACE FUNCTION require_spend_of_filed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_holder = NEW.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing', CONSTRAINT = 'filing_filed_on_spend',
      MESSAGE = 'filing: it becomes filed on a live place of its own only';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION require_spend_of_used()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_holder = 'code') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing_code', CONSTRAINT = TG_NAME,
      MESSAGE = 'filing_code: it becomes used on a live place of its own only';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION require_stored_blob()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM material_blob WHERE id = NEW.blob_id AND state = 'stored') THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = 'material', CONSTRAINT = 'material_is_stored',
      MESSAGE = 'material: its content is not stored';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION search_grams(text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  SELECT string_to_array(t, NULL)
    || ARRAY(SELECT substr(t, i, 2) FROM generate_series(1, length(t) - 1) AS i)
  FROM lower($1) AS t
$function$;

CREATE OR REPLACE FUNCTION set_job_line()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  NEW.line := coalesce((SELECT province_code FROM filing WHERE filing.id = NEW.payload->>'filingId'), '');
  NEW.made_at := NEW.run_at;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION set_service_state_since()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.state_since := coalesce(NEW.state_since, NEW.recorded_at);
  ELSIF NEW.state <> OLD.state AND NEW.state_since IS NOT DISTINCT FROM OLD.state_since THEN
    NEW.state_since := CASE WHEN NEW.state = 'cancelled' THEN NEW.cancelled_at END;
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION six_grams(text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  SELECT coalesce(array_agg(substr(t, i, 6)), '{}') FROM lower($1) AS t, generate_series(1, length(t) - 5) AS i
$function$;

CREATE OR REPLACE FUNCTION tally_filing()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', schema, 'pg_temp'
AS $function$
BEGIN
  INSERT INTO day_tally AS known (topic, day, name, province_code, kind, count)
  VALUES ('filing', (coalesce(NEW.state_since, NEW.updated_at) AT TIME ZONE 'Asia/Shanghai')::date, NEW.state,
    NEW.province_code, NEW.kind, 1)
  ON CONFLICT (topic, day, name, province_code, kind) DO UPDATE SET count = known.count + 1;
  RETURN NULL;
END $function$;

CREATE TABLE access (
  id text NOT NULL,
  service_record_id text NOT NULL,
  provider text NOT NULL,
  resource_id text,
  filing_id text,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  moved_at timestamp with time zone GENERATED ALWAYS AS (GREATEST(started_at, ended_at)) STORED,
  CONSTRAINT access_pkey PRIMARY KEY (id),
  CONSTRAINT access_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id),
  CONSTRAINT access_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id),
  CONSTRAINT access_service_record_id_fkey FOREIGN KEY (service_record_id) REFERENCES service_record(id)
);
CREATE INDEX access_by_service_record ON access USING btree (service_record_id);
CREATE INDEX access_live_of_resource ON access USING btree (resource_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX access_one_live ON access USING btree (service_record_id, provider, resource_id) NULLS NOT DISTINCT
  WHERE (ended_at IS NULL);
CREATE TRIGGER access_added_for_gate AFTER INSERT ON access REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE
  FUNCTION log_access_changes();
CREATE TRIGGER access_changed_for_gate AFTER UPDATE ON access REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION log_access_changes();
CREATE TRIGGER access_locks_gate_change BEFORE INSERT OR DELETE OR UPDATE ON access FOR EACH STATEMENT EXECUTE FUNCTION
  lock_gate_change();
CREATE TRIGGER access_removed_for_gate AFTER DELETE ON access REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION log_access_changes();

CREATE TABLE account (
  id text NOT NULL,
  real_name text NOT NULL,
  display_name text NOT NULL DEFAULT ''::text,
  changed_at timestamp with time zone NOT NULL,
  may_file_for_others boolean NOT NULL DEFAULT false,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_real_name_check CHECK (real_name <> ''::text)
);
CREATE INDEX account_by_sixes ON account USING gin (six_grams(((id || ' '::text) || display_name)));
CREATE INDEX account_search ON account USING gin (search_grams(((id || ' '::text) || display_name)));
CREATE TRIGGER account_added_to_count AFTER INSERT ON account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER account_taken_from_count AFTER DELETE ON account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();

CREATE TABLE account_mail (
  account_id text NOT NULL,
  sealed text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT account_mail_pkey PRIMARY KEY (account_id),
  CONSTRAINT account_mail_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);

CREATE TABLE account_move (
  id text NOT NULL,
  subject_record_id text NOT NULL,
  subject_number text NOT NULL,
  from_account_id text NOT NULL,
  to_account_id text NOT NULL,
  begun_by text NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ending text,
  CONSTRAINT account_move_pkey PRIMARY KEY (id),
  CONSTRAINT account_move_begun_by_check CHECK (begun_by = ANY (ARRAY['holder'::text, 'claimant'::text])),
  CONSTRAINT account_move_between_two CHECK (from_account_id <> to_account_id),
  CONSTRAINT account_move_ended_whole CHECK ((ended_at IS NULL) = (ending IS NULL)),
  CONSTRAINT account_move_ending_check CHECK (ending = ANY (ARRAY['moved'::text, 'refused'::text, 'withdrawn'::text])),
  CONSTRAINT account_move_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES account(id),
  CONSTRAINT account_move_subject_record_id_fkey FOREIGN KEY (subject_record_id) REFERENCES subject_record(id),
  CONSTRAINT account_move_to_account_id_fkey FOREIGN KEY (to_account_id) REFERENCES account(id)
);
CREATE INDEX account_move_ended ON account_move USING btree (ending, id DESC) WHERE (ending IS NOT NULL);
CREATE INDEX account_move_from ON account_move USING btree (from_account_id, id DESC);
CREATE INDEX account_move_of_subject ON account_move USING btree (subject_record_id) WHERE (ended_at IS NULL);
CREATE INDEX account_move_open ON account_move USING btree (until) WHERE (ending IS NULL);
CREATE INDEX account_move_to ON account_move USING btree (to_account_id, id DESC);

CREATE TABLE allowance (
  key text NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  spent bigint NOT NULL,
  granted bigint NOT NULL,
  CONSTRAINT allowance_pkey PRIMARY KEY (key),
  CONSTRAINT allowance_granted_check CHECK (granted >= 0),
  CONSTRAINT allowance_spent_check CHECK (spent >= 0)
);
CREATE INDEX allowance_ended ON allowance USING btree (ends_at);

CREATE TABLE api_key (
  id text NOT NULL,
  account_id text NOT NULL,
  name text NOT NULL,
  scopes text[] NOT NULL,
  secret_hash text NOT NULL,
  earlier_hash text,
  earlier_until timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  rotated_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  rotated_by text,
  earlier_rotated_by text,
  CONSTRAINT api_key_pkey PRIMARY KEY (id),
  CONSTRAINT api_key_earlier_until_when CHECK ((earlier_hash IS NULL) = (earlier_until IS NULL)),
  CONSTRAINT api_key_has_scopes CHECK (cardinality(scopes) > 0),
  CONSTRAINT api_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX api_key_by_account ON api_key USING btree (account_id, id);
CREATE INDEX api_key_expiring ON api_key USING btree (expires_at) WHERE ((revoked_at IS NULL) AND (expires_at IS NOT
  NULL));
CREATE INDEX api_key_revoked ON api_key USING btree (id DESC) WHERE (revoked_at IS NOT NULL);
CREATE TRIGGER api_key_is_kept BEFORE DELETE ON api_key FOR EACH ROW EXECUTE FUNCTION
  refuse_write('keys are kept; revoke one instead');
CREATE TRIGGER api_key_life BEFORE UPDATE ON api_key FOR EACH ROW EXECUTE FUNCTION guard_api_key();

CREATE TABLE audit (
  id text NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id text NOT NULL,
  actor_role text NOT NULL,
  account_id text,
  action text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  detail jsonb,
  address text,
  session_id text,
  CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_action ON audit USING btree (action, at, id);
CREATE INDEX audit_by_actor ON audit USING btree (actor_id, at, id);
CREATE INDEX audit_by_object ON audit USING btree (object_id, at, id);
CREATE INDEX audit_by_time ON audit USING btree (at, id);
CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_write();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('audit rows are only added');

CREATE TABLE audit_check (
  id text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  asked_by text NOT NULL,
  up_to integer NOT NULL,
  through_seal integer NOT NULL DEFAULT 0,
  through_digest text,
  row_count bigint NOT NULL DEFAULT 0,
  lease_until timestamp with time zone,
  ended_at timestamp with time zone,
  difference jsonb,
  CONSTRAINT audit_check_pkey PRIMARY KEY (id),
  CONSTRAINT audit_check_up_to_check CHECK (up_to >= 0)
);
CREATE INDEX audit_check_ended ON audit_check USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX audit_check_one_open ON audit_check USING btree (((ended_at IS NULL))) WHERE (ended_at IS NULL);

CREATE TABLE audit_clearing (
  day date NOT NULL,
  first_seal integer NOT NULL,
  last_seal integer NOT NULL,
  row_count integer NOT NULL,
  digest text NOT NULL,
  sealed_digest text NOT NULL,
  audit_id text NOT NULL,
  keep_days integer NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  cleared_to integer,
  CONSTRAINT audit_clearing_pkey PRIMARY KEY (day),
  CONSTRAINT audit_clearing_of_old_days CHECK ((day + keep_days) < (decided_at AT TIME ZONE
    'Asia/Shanghai'::text)::date),
  CONSTRAINT audit_clearing_row_count_check CHECK (row_count > 0),
  CONSTRAINT audit_clearing_seals CHECK (first_seal <= last_seal AND cleared_to >= first_seal AND cleared_to <=
    last_seal),
  CONSTRAINT audit_clearing_six_months CHECK (keep_days >= 184)
);
CREATE TRIGGER audit_clearing_is_kept BEFORE DELETE OR UPDATE OF day, first_seal, last_seal, row_count, digest,
  audit_id, keep_days, decided_at ON audit_clearing FOR EACH ROW EXECUTE FUNCTION
  refuse_write('clearings of the audit are only added');
CREATE TRIGGER audit_clearing_is_late BEFORE INSERT ON audit_clearing FOR EACH ROW EXECUTE FUNCTION
  refuse_early_clearing();
CREATE TRIGGER audit_clearing_is_not_emptied BEFORE TRUNCATE ON audit_clearing FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('clearings of the audit are only added');

CREATE TABLE audit_seal (
  sequence integer NOT NULL,
  day date NOT NULL,
  through_at timestamp with time zone NOT NULL,
  through_id text NOT NULL,
  row_count integer NOT NULL,
  row_digests text NOT NULL,
  digest text NOT NULL,
  sealed_digest text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT audit_seal_pkey PRIMARY KEY (sequence),
  CONSTRAINT audit_seal_row_count_check CHECK (row_count > 0),
  CONSTRAINT audit_seal_row_digests_length CHECK (length(row_digests) = (12 * row_count)),
  CONSTRAINT audit_seal_sequence_check CHECK (sequence > 0)
);
CREATE INDEX audit_seal_by_day ON audit_seal USING btree (day, sequence);
CREATE TRIGGER audit_seal_is_append_only BEFORE DELETE OR UPDATE OF sequence, day, through_at, through_id, row_count,
  row_digests, digest, made_at ON audit_seal FOR EACH ROW EXECUTE FUNCTION
  refuse_write('seals of the audit are only added');
CREATE TRIGGER audit_seal_is_not_emptied BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('seals of the audit are only added');

CREATE TABLE auth_credential (
  id text NOT NULL,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL,
  CONSTRAINT auth_credential_pkey PRIMARY KEY (id),
  CONSTRAINT "auth_credential_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX auth_credential_by_provider ON auth_credential USING btree ("providerId", "accountId");
CREATE INDEX auth_credential_by_user ON auth_credential USING btree ("userId");

CREATE TABLE auth_rate_limit (
  id text NOT NULL,
  key text NOT NULL,
  count integer NOT NULL,
  "lastRequest" bigint NOT NULL,
  CONSTRAINT auth_rate_limit_pkey PRIMARY KEY (id),
  CONSTRAINT auth_rate_limit_key UNIQUE (key)
);

CREATE TABLE auth_session (
  id text NOT NULL,
  token text NOT NULL,
  "userId" text NOT NULL,
  "expiresAt" timestamp with time zone NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL,
  "lastSeenAt" timestamp with time zone NOT NULL,
  "openedBy" text NOT NULL,
  device text NOT NULL,
  "secondFactorDue" boolean NOT NULL,
  "supportAccessId" text,
  "supportAccountId" text,
  "supportUntil" timestamp with time zone,
  CONSTRAINT auth_session_pkey PRIMARY KEY (id),
  CONSTRAINT auth_session_token UNIQUE (token),
  CONSTRAINT "auth_session_openedBy_check" CHECK ("openedBy" = ANY (ARRAY['password'::text, 'passkey'::text,
    'oidc'::text, 'ticket'::text])),
  CONSTRAINT "auth_session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX auth_session_by_end ON auth_session USING btree ("expiresAt");
CREATE INDEX auth_session_by_support ON auth_session USING btree ("supportAccessId") WHERE ("supportAccessId" IS NOT
  NULL);
CREATE INDEX auth_session_by_user ON auth_session USING btree ("userId");

CREATE TABLE auth_user (
  id text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  username text,
  "displayUsername" text,
  role text NOT NULL,
  "accountId" text,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL,
  "disabledAt" timestamp with time zone,
  sealed_mail text,
  "memberRight" text NOT NULL DEFAULT 'owner'::text,
  "lastSignInAt" timestamp with time zone,
  "tourEndedAt" timestamp with time zone,
  CONSTRAINT auth_user_pkey PRIMARY KEY (id),
  CONSTRAINT auth_user_email UNIQUE (email),
  CONSTRAINT auth_user_username UNIQUE (username),
  CONSTRAINT auth_user_customer_has_account CHECK (role <> 'customer'::text OR "accountId" IS NOT NULL),
  CONSTRAINT auth_user_member_right_check CHECK ("memberRight" = ANY (ARRAY['owner'::text, 'filer'::text,
    'viewer'::text])),
  CONSTRAINT auth_user_role_check CHECK (role = ANY (ARRAY['customer'::text, 'reviewer'::text, 'operator'::text,
    'auditor'::text])),
  CONSTRAINT "auth_user_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES account(id)
);
CREATE INDEX auth_user_by_sixes ON auth_user USING gin (six_grams(((username || ' '::text) || name)));
CREATE INDEX auth_user_disabled ON auth_user USING btree (username) WHERE ("disabledAt" IS NOT NULL);
CREATE INDEX auth_user_mailed ON auth_user USING btree ("accountId", role) WHERE ((sealed_mail IS NOT NULL) AND
  ("disabledAt" IS NULL));
CREATE INDEX auth_user_of_account ON auth_user USING btree ("accountId", username) WHERE (role = 'customer'::text);
CREATE INDEX auth_user_of_role ON auth_user USING btree (role, username) WHERE (username IS NOT NULL);
CREATE INDEX auth_user_search ON auth_user USING gin (search_grams(((username || ' '::text) || name)));

CREATE TABLE auth_verification (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamp with time zone NOT NULL,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL,
  CONSTRAINT auth_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verification_by_identifier ON auth_verification USING btree (identifier);

CREATE TABLE authority_arrival (
  message_id text NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  provider text NOT NULL,
  province_code text NOT NULL,
  download_id text,
  paper_id text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  taken_at timestamp with time zone,
  CONSTRAINT authority_arrival_pkey PRIMARY KEY (message_id)
);
CREATE INDEX authority_arrival_taken ON authority_arrival USING btree (taken_at) WHERE (taken_at IS NOT NULL);
CREATE INDEX authority_arrival_waiting ON authority_arrival USING btree (seq) WHERE (taken_at IS NULL);

CREATE TABLE authority_case (
  id text NOT NULL,
  provider text NOT NULL,
  province_code text NOT NULL,
  kind text NOT NULL,
  about text NOT NULL,
  submission_id text,
  download_id text,
  paper_id text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_by text,
  ending text,
  CONSTRAINT authority_case_pkey PRIMARY KEY (id),
  CONSTRAINT authority_case_once UNIQUE (provider, province_code, kind, about),
  CONSTRAINT authority_case_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES authority_handover(submission_id)
);
CREATE INDEX authority_case_ended ON authority_case USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX authority_case_of_submission ON authority_case USING btree (submission_id) WHERE (ended_at IS NULL);
CREATE INDEX authority_case_open ON authority_case USING btree (id) WHERE (ended_at IS NULL);

CREATE TABLE authority_difference (
  id text NOT NULL,
  provider text NOT NULL,
  province_code text NOT NULL,
  kind text NOT NULL,
  about text NOT NULL,
  service_number text,
  domain_name text,
  filed_subject_id bigint,
  ours text,
  theirs text,
  digest text NOT NULL,
  state text NOT NULL,
  submission_id text,
  found_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_by text,
  ending text,
  CONSTRAINT authority_difference_pkey PRIMARY KEY (id),
  CONSTRAINT authority_difference_ending_check CHECK (ending = ANY (ARRAY['agrees'::text, 'taken_over'::text])),
  CONSTRAINT authority_difference_state_check CHECK (state = ANY (ARRAY['open'::text, 'sent'::text, 'case'::text,
    'seen'::text])),
  CONSTRAINT authority_difference_line FOREIGN KEY (provider, province_code) REFERENCES authority_line(provider,
    province_code)
);
CREATE INDEX authority_difference_ended ON authority_difference USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX authority_difference_once ON authority_difference USING btree (provider, province_code, about, kind)
  WHERE (ended_at IS NULL);
CREATE INDEX authority_difference_open ON authority_difference USING btree (provider, province_code, id) WHERE (ended_at
  IS NULL);
CREATE INDEX authority_difference_sent ON authority_difference USING btree (submission_id) WHERE (submission_id IS NOT
  NULL);

CREATE TABLE authority_download (
  id text NOT NULL,
  provider text NOT NULL,
  province_code text NOT NULL,
  file_name text NOT NULL,
  content_digest text NOT NULL,
  trouble text,
  paper_id text NOT NULL,
  fetched_at timestamp with time zone NOT NULL,
  acknowledged_at timestamp with time zone,
  CONSTRAINT authority_download_pkey PRIMARY KEY (id),
  CONSTRAINT authority_download_once UNIQUE (provider, province_code, file_name, content_digest)
);
CREATE INDEX authority_download_fetched ON authority_download USING btree (fetched_at, id);
CREATE INDEX authority_download_unacknowledged ON authority_download USING btree (provider, province_code, id) WHERE
  (acknowledged_at IS NULL);

CREATE TABLE authority_handover (
  submission_id text NOT NULL,
  provider text NOT NULL,
  province_code text NOT NULL,
  filing_id text NOT NULL,
  operation integer NOT NULL,
  state text NOT NULL,
  outcome text,
  own_subject bigint NOT NULL,
  own_service bigint NOT NULL,
  own_domain bigint NOT NULL,
  own_access bigint NOT NULL,
  subject_id bigint,
  service_id bigint,
  access_id bigint,
  subject_number text,
  service_number text,
  domain_name text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  due_at timestamp with time zone,
  ended_at timestamp with time zone,
  CONSTRAINT authority_handover_pkey PRIMARY KEY (submission_id),
  CONSTRAINT authority_handover_state_check CHECK (state = ANY (ARRAY['sending'::text, 'waiting'::text, 'retry'::text,
    'awaiting_numbers'::text, 'with_operator'::text, 'ended'::text])),
  CONSTRAINT authority_handover_line FOREIGN KEY (provider, province_code) REFERENCES authority_line(provider,
    province_code)
);
CREATE INDEX authority_handover_access_id ON authority_handover USING btree (provider, province_code, access_id);
CREATE INDEX authority_handover_due ON authority_handover USING btree (due_at, submission_id) WHERE (due_at IS NOT NULL);
CREATE INDEX authority_handover_open ON authority_handover USING btree (provider, province_code, state, accepted_at)
  WHERE (state <> 'ended'::text);
CREATE INDEX authority_handover_own_service ON authority_handover USING btree (provider, province_code, own_service);
CREATE INDEX authority_handover_own_subject ON authority_handover USING btree (provider, province_code, own_subject);
CREATE INDEX authority_handover_service_id ON authority_handover USING btree (provider, province_code, service_id);
CREATE INDEX authority_handover_service_number ON authority_handover USING btree (provider, province_code,
  service_number);
CREATE INDEX authority_handover_subject_id ON authority_handover USING btree (provider, province_code, subject_id);
CREATE INDEX authority_handover_subject_number ON authority_handover USING btree (provider, province_code,
  subject_number);

CREATE TABLE authority_line (
  provider text NOT NULL,
  province_code text NOT NULL,
  accepted_sequence bigint NOT NULL DEFAULT 0,
  next_own_id bigint NOT NULL DEFAULT 1000000001,
  upload_by text,
  upload_until timestamp with time zone,
  download_by text,
  download_until timestamp with time zone,
  download_after timestamp with time zone,
  closed_until timestamp with time zone,
  closed_because text[],
  stopped_at timestamp with time zone,
  stopped_because text[],
  last_operation text,
  last_code integer,
  last_at timestamp with time zone,
  synced_from timestamp with time zone,
  synced_to timestamp with time zone,
  download_because text[],
  CONSTRAINT authority_line_pkey PRIMARY KEY (provider, province_code)
);

CREATE TABLE authority_message (
  message_id text NOT NULL,
  submission_id text,
  body jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL,
  outcome text,
  CONSTRAINT authority_message_pkey PRIMARY KEY (message_id),
  CONSTRAINT authority_message_outcome_check CHECK (outcome = ANY (ARRAY['applied'::text, 'stale'::text]))
);
CREATE INDEX authority_message_by_submission ON authority_message USING btree (submission_id);
CREATE INDEX authority_message_of_number ON authority_message USING btree (COALESCE((body ->> 'number'::text), (body ->>
  'serviceNumber'::text))) WHERE ((body ->> 'kind'::text) = ANY (ARRAY['approved'::text, 'cancelled'::text]));
CREATE INDEX authority_message_old ON authority_message USING btree (received_at) WHERE ((body ->> 'kind'::text) = ANY
  (ARRAY['sms_requested'::text, 'sms_progress'::text, 'sms_confirmed'::text, 'sms_failed'::text, 'rejected'::text]));

CREATE TABLE authority_package (
  id text NOT NULL,
  provider text NOT NULL,
  province_code text NOT NULL,
  sequence bigint NOT NULL,
  submission_id text,
  state text NOT NULL,
  content_digest text NOT NULL,
  bytes integer NOT NULL,
  paper_id text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  answered_at timestamp with time zone,
  answer_code integer,
  case_id text,
  made_by text,
  CONSTRAINT authority_package_pkey PRIMARY KEY (id),
  CONSTRAINT authority_package_sequence_check CHECK (sequence >= 1),
  CONSTRAINT authority_package_state_check CHECK (state = ANY (ARRAY['sending'::text, 'accepted'::text,
    'unsent'::text])),
  CONSTRAINT authority_package_line FOREIGN KEY (provider, province_code) REFERENCES authority_line(provider,
    province_code),
  CONSTRAINT authority_package_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES
    authority_handover(submission_id)
);
CREATE UNIQUE INDEX authority_package_in_sequence ON authority_package USING btree (provider, province_code, sequence)
  WHERE (state <> 'unsent'::text);
CREATE INDEX authority_package_made ON authority_package USING btree (made_at, id);
CREATE INDEX authority_package_of_submission ON authority_package USING btree (submission_id, id) WHERE (submission_id
  IS NOT NULL);
CREATE UNIQUE INDEX authority_package_one_sending ON authority_package USING btree (provider, province_code) WHERE
  (state = 'sending'::text);

CREATE TABLE authority_paper (
  id text NOT NULL,
  sealed_key text NOT NULL,
  body bytea NOT NULL,
  kept_until timestamp with time zone,
  CONSTRAINT authority_paper_pkey PRIMARY KEY (id)
);
CREATE INDEX authority_paper_kept_until ON authority_paper USING btree (kept_until) WHERE (kept_until IS NOT NULL);

CREATE TABLE authority_reconciliation (
  id text NOT NULL,
  provider text NOT NULL,
  province_code text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  started_by text NOT NULL,
  phase text NOT NULL DEFAULT 'ours'::text,
  after_id text NOT NULL DEFAULT ''::text,
  compared bigint NOT NULL DEFAULT 0,
  asked bigint NOT NULL DEFAULT 0,
  skipped bigint NOT NULL DEFAULT 0,
  found bigint NOT NULL DEFAULT 0,
  due_at timestamp with time zone NOT NULL,
  waits integer NOT NULL DEFAULT 0,
  because text[],
  lease_owner text,
  lease_until timestamp with time zone,
  ended_at timestamp with time zone,
  ending text,
  waiting bigint NOT NULL DEFAULT 0,
  uncarried bigint NOT NULL DEFAULT 0,
  unsaid bigint NOT NULL DEFAULT 0,
  CONSTRAINT authority_reconciliation_pkey PRIMARY KEY (id),
  CONSTRAINT authority_reconciliation_ending_check CHECK (ending = ANY (ARRAY['done'::text, 'called_off'::text])),
  CONSTRAINT authority_reconciliation_phase_check CHECK (phase = ANY (ARRAY['ours'::text, 'theirs'::text])),
  CONSTRAINT authority_reconciliation_line FOREIGN KEY (provider, province_code) REFERENCES authority_line(provider,
    province_code)
);
CREATE INDEX authority_reconciliation_due ON authority_reconciliation USING btree (due_at, id) WHERE (ended_at IS NULL);
CREATE INDEX authority_reconciliation_ended ON authority_reconciliation USING btree (ended_at) WHERE (ended_at IS NOT
  NULL);
CREATE INDEX authority_reconciliation_of_line ON authority_reconciliation USING btree (provider, province_code, id);
CREATE UNIQUE INDEX authority_reconciliation_one_open ON authority_reconciliation USING btree (provider, province_code)
  WHERE (ended_at IS NULL);

CREATE TABLE authority_service (
  provider text NOT NULL,
  province_code text NOT NULL,
  service_id bigint NOT NULL,
  subject_id bigint NOT NULL,
  service_number text,
  own_service bigint,
  access_id bigint,
  domain_id bigint,
  domain_name text,
  service_name text,
  domain_names text[],
  has_access boolean,
  as_of timestamp with time zone,
  ended_at timestamp with time zone,
  CONSTRAINT authority_service_pkey PRIMARY KEY (provider, province_code, service_id),
  CONSTRAINT authority_service_subject FOREIGN KEY (provider, province_code, subject_id) REFERENCES
    authority_subject(provider, province_code, subject_id) ON DELETE CASCADE
);
CREATE INDEX authority_service_domain ON authority_service USING btree (provider, province_code, domain_name);
CREATE INDEX authority_service_number ON authority_service USING btree (provider, province_code, service_number);
CREATE INDEX authority_service_of_subject ON authority_service USING btree (provider, province_code, subject_id);
CREATE INDEX authority_service_own ON authority_service USING btree (provider, province_code, own_service);

CREATE TABLE authority_subject (
  provider text NOT NULL,
  province_code text NOT NULL,
  subject_id bigint NOT NULL,
  subject_number text,
  own_subject bigint,
  paper_id text NOT NULL,
  as_of timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT authority_subject_pkey PRIMARY KEY (provider, province_code, subject_id)
);
CREATE INDEX authority_subject_number ON authority_subject USING btree (provider, province_code, subject_number);
CREATE INDEX authority_subject_own ON authority_subject USING btree (provider, province_code, own_subject);

CREATE TABLE authority_tables (
  provider text NOT NULL,
  province_code text NOT NULL,
  as_of date NOT NULL,
  tables text NOT NULL,
  CONSTRAINT authority_tables_pkey PRIMARY KEY (provider, province_code)
);

CREATE TABLE blocked_day (
  day date NOT NULL,
  total bigint NOT NULL,
  malformed bigint NOT NULL,
  too_low_by bigint NOT NULL,
  CONSTRAINT blocked_day_pkey PRIMARY KEY (day)
);

CREATE TABLE blocked_name (
  day date NOT NULL,
  host text NOT NULL,
  domain text NOT NULL,
  reason text NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT blocked_name_pkey PRIMARY KEY (day, host, domain, reason),
  CONSTRAINT blocked_name_domain_check CHECK (length(domain) >= 1 AND length(domain) <= 253),
  CONSTRAINT blocked_name_host_check CHECK (length(host) <= 253)
);
CREATE INDEX blocked_name_by_domain ON blocked_name USING btree (domain, day) WHERE (host <> ''::text);

CREATE TABLE blocked_report (
  gate text NOT NULL,
  run text NOT NULL,
  number bigint NOT NULL,
  heard_at timestamp with time zone NOT NULL,
  CONSTRAINT blocked_report_pkey PRIMARY KEY (gate, run)
);

CREATE TABLE clock_mark (
  at timestamp with time zone NOT NULL,
  CONSTRAINT clock_mark_pkey PRIMARY KEY (at)
);

CREATE TABLE code_clock (
  code_id text NOT NULL,
  resource_id text NOT NULL,
  issuer_account_id text NOT NULL,
  stops_on date,
  warn_on date,
  suspension_notified boolean,
  stale boolean NOT NULL DEFAULT true,
  CONSTRAINT code_clock_pkey PRIMARY KEY (code_id)
) WITH (fillfactor=90);
CREATE INDEX code_clock_of_account ON code_clock USING btree (issuer_account_id, stops_on, code_id) WHERE (stops_on IS
  NOT NULL);
CREATE INDEX code_clock_of_resource ON code_clock USING btree (resource_id);
CREATE INDEX code_clock_stale ON code_clock USING btree (code_id) WHERE stale;
CREATE INDEX code_clock_stopping ON code_clock USING btree (stops_on, code_id) WHERE (stops_on IS NOT NULL);
CREATE INDEX code_clock_warning ON code_clock USING btree (warn_on, code_id) WHERE (warn_on IS NOT NULL);

CREATE TABLE code_event (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id text NOT NULL DEFAULT 'evt_'::text || replace(gen_random_uuid()::text, '-'::text, ''::text),
  code_id text NOT NULL,
  type text NOT NULL,
  at timestamp with time zone NOT NULL,
  issuer_account_id text NOT NULL,
  grantee_account_id text,
  resource_id text NOT NULL,
  detail jsonb NOT NULL,
  relayed_at timestamp with time zone,
  CONSTRAINT code_event_pkey PRIMARY KEY (seq),
  CONSTRAINT code_event_type_known CHECK (type = ANY (ARRAY['CodeIssued'::text, 'CodeGranted'::text,
    'CodeRepointed'::text, 'CodeBound'::text, 'CodeReleased'::text, 'CodeUsed'::text, 'CodeRevoked'::text,
    'CodeStopping'::text, 'CodeSuspended'::text, 'CodeRevived'::text, 'CodeFilingCancelled'::text]))
);
CREATE INDEX code_event_to_relay ON code_event USING btree (seq) WHERE (relayed_at IS NULL);
CREATE TRIGGER code_event_is_a_fact BEFORE UPDATE ON code_event FOR EACH ROW WHEN (old.relayed_at IS NOT NULL OR
  new.relayed_at IS NULL OR new.seq <> old.seq OR new.id <> old.id OR new.code_id <> old.code_id OR new.type <> old.type
  OR new.at <> old.at OR new.issuer_account_id <> old.issuer_account_id OR new.resource_id <> old.resource_id OR
  new.detail <> old.detail OR new.grantee_account_id IS DISTINCT FROM old.grantee_account_id) EXECUTE FUNCTION
  refuse_write('events are facts; one can only be marked as relayed, and once');
CREATE TRIGGER code_event_is_kept_until_relayed BEFORE DELETE ON code_event FOR EACH ROW WHEN (old.relayed_at IS NULL)
  EXECUTE FUNCTION refuse_write('an event that was not relayed is kept');
CREATE TRIGGER code_event_is_not_emptied BEFORE TRUNCATE ON code_event FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('an event that was not relayed is kept');

CREATE TABLE code_warning (
  code_id text NOT NULL,
  stops_on date NOT NULL,
  threshold_days integer NOT NULL,
  warned_at timestamp with time zone,
  CONSTRAINT code_warning_pkey PRIMARY KEY (code_id, stops_on, threshold_days)
);
CREATE INDEX code_warning_old ON code_warning USING btree (stops_on);

CREATE TABLE contest (
  id text NOT NULL,
  filing_id text NOT NULL,
  account_id text NOT NULL,
  holder_filing_id text NOT NULL,
  holder_account_id text NOT NULL,
  about text NOT NULL,
  domain_name text NOT NULL,
  sealed_statement text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  decision text,
  reasons text,
  decided_by text,
  decided_at timestamp with time zone,
  CONSTRAINT contest_pkey PRIMARY KEY (id),
  CONSTRAINT contest_about_check CHECK (about = ANY (ARRAY['domain_name'::text, 'certificate'::text])),
  CONSTRAINT contest_decided_whole CHECK ((decision IS NULL) = (decided_at IS NULL) AND (reasons IS NULL) = (decided_by
    IS NULL) AND (reasons IS NOT NULL) = (decision IS NOT NULL AND decision <> 'closed'::text)),
  CONSTRAINT contest_decision_check CHECK (decision = ANY (ARRAY['upheld'::text, 'dismissed'::text, 'closed'::text])),
  CONSTRAINT contest_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT contest_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id),
  CONSTRAINT contest_holder_account_id_fkey FOREIGN KEY (holder_account_id) REFERENCES account(id),
  CONSTRAINT contest_holder_filing_id_fkey FOREIGN KEY (holder_filing_id) REFERENCES filing(id)
);
CREATE INDEX contest_by_account ON contest USING btree (account_id, id);
CREATE UNIQUE INDEX contest_one_open ON contest USING btree (filing_id) WHERE (decided_at IS NULL);
CREATE INDEX contest_undecided ON contest USING btree (id) WHERE (decided_at IS NULL);
CREATE INDEX contest_undecided_of_holder ON contest USING btree (holder_filing_id) WHERE (decided_at IS NULL);

CREATE TABLE correction_demand (
  id text NOT NULL,
  service_number text NOT NULL,
  demanded_by text NOT NULL,
  findings jsonb NOT NULL,
  due_on date,
  made_at timestamp with time zone NOT NULL,
  made_by text NOT NULL,
  ended_at timestamp with time zone,
  ending text,
  CONSTRAINT correction_demand_pkey PRIMARY KEY (id),
  CONSTRAINT correction_demand_demanded_by_check CHECK (demanded_by = ANY (ARRAY['provider'::text, 'authority'::text])),
  CONSTRAINT correction_demand_ended_whole CHECK ((ended_at IS NULL) = (ending IS NULL)),
  CONSTRAINT correction_demand_ending_check CHECK (ending = ANY (ARRAY['corrected'::text, 'withdrawn'::text]))
);
CREATE INDEX correction_demand_by_id ON correction_demand USING btree (id DESC) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX correction_demand_one_open ON correction_demand USING btree (service_number) WHERE (ended_at IS
  NULL);

CREATE TABLE day_tally (
  topic text NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  province_code text NOT NULL DEFAULT ''::text,
  kind text NOT NULL DEFAULT ''::text,
  count bigint NOT NULL,
  CONSTRAINT day_tally_pkey PRIMARY KEY (topic, day, name, province_code, kind),
  CONSTRAINT day_tally_topic_known CHECK (topic = ANY (ARRAY['filing'::text, 'code'::text, 'gate'::text]))
);

CREATE TABLE filing (
  id text NOT NULL,
  account_id text NOT NULL,
  provider text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  version integer NOT NULL,
  domain_name text NOT NULL,
  service_kind text NOT NULL,
  subject_kind text NOT NULL,
  province_code text NOT NULL,
  subject_hash text NOT NULL,
  subject_number text,
  service_number text,
  resource_id text,
  code_id text,
  spend_id text,
  form jsonb NOT NULL,
  findings jsonb NOT NULL,
  submission_id text,
  submitted_by text,
  started_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone,
  covered_by_code text GENERATED ALWAYS AS (
CASE
    WHEN (state = ANY (ARRAY['awaiting_review'::text,
    'awaiting_forward'::text, 'awaiting_sms'::text, 'awaiting_verdict'::text, 'filed'::text])) AND code_id IS NOT NULL
    THEN id
    ELSE NULL::text
END) STORED,
  covered_by_spend text GENERATED ALWAYS AS (
CASE
    WHEN (state = ANY (ARRAY['awaiting_review'::text,
    'awaiting_forward'::text, 'awaiting_sms'::text, 'awaiting_verdict'::text])) AND code_id IS NULL THEN spend_id

    ELSE NULL::text
END) STORED,
  claim_holder_id text,
  claimed_at timestamp with time zone,
  claim_until timestamp with time zone,
  name_proven_at timestamp with time zone,
  set_aside_at timestamp with time zone,
  told_kind text,
  subject_given_at timestamp with time zone,
  holds_place boolean NOT NULL DEFAULT true,
  slot text NOT NULL DEFAULT 'any_filing'::text,
  state_since timestamp with time zone,
  review_round integer NOT NULL DEFAULT 0,
  first_passed_by text,
  asked_at timestamp with time zone,
  calls_missed integer NOT NULL DEFAULT 0,
  last_call text,
  call_again_at timestamp with time zone,
  by_hand boolean NOT NULL DEFAULT false,
  CONSTRAINT filing_pkey PRIMARY KEY (id),
  CONSTRAINT filing_claim_whole CHECK ((claim_holder_id IS NULL) = (claimed_at IS NULL) AND (claim_holder_id IS NULL) =
    (claim_until IS NULL)),
  CONSTRAINT filing_id_is_no_holder CHECK (id <> 'code'::text),
  CONSTRAINT filing_province_code_check CHECK (province_code ~ '^[0-9]{6}$'::text),
  CONSTRAINT filing_state_known CHECK (state = ANY (ARRAY['draft'::text, 'awaiting_review'::text, 'returned'::text,
    'awaiting_forward'::text, 'awaiting_sms'::text, 'sms_failed'::text, 'awaiting_verdict'::text, 'rejected'::text,
    'filed'::text, 'abandoned'::text])),
  CONSTRAINT filing_submitted_spends CHECK ((state = ANY (ARRAY['draft'::text, 'returned'::text, 'sms_failed'::text,
    'rejected'::text, 'abandoned'::text])) OR code_id IS NOT NULL OR spend_id IS NOT NULL OR NOT holds_place),
  CONSTRAINT filing_version_check CHECK (version >= 1),
  CONSTRAINT filing_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT filing_code_id_fkey FOREIGN KEY (code_id) REFERENCES filing_code(id),
  CONSTRAINT filing_covered_by_code FOREIGN KEY (covered_by_code) REFERENCES filing_code(bound_filing_id) DEFERRABLE
    INITIALLY DEFERRED,
  CONSTRAINT filing_covered_by_spend FOREIGN KEY (covered_by_spend, id) REFERENCES quota_spend(id, live_holder)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT filing_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id),
  CONSTRAINT filing_spend_id_fkey FOREIGN KEY (spend_id) REFERENCES quota_spend(id)
);
CREATE INDEX filing_asked ON filing USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE
  (asked_at IS NOT NULL);
CREATE INDEX filing_by_account ON filing USING btree (account_id, started_at DESC, id DESC);
CREATE INDEX filing_by_code ON filing USING btree (code_id) WHERE (code_id IS NOT NULL);
CREATE INDEX filing_by_due ON filing USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id);
CREATE INDEX filing_by_kind ON filing USING btree (kind, started_at DESC, id DESC);
CREATE INDEX filing_by_kind_due ON filing USING btree (kind, COALESCE(due_at, 'infinity'::timestamp with time zone), id);
CREATE INDEX filing_by_province ON filing USING btree (province_code, started_at DESC, id DESC);
CREATE INDEX filing_by_province_due ON filing USING btree (province_code, COALESCE(due_at, 'infinity'::timestamp with
  time zone), id);
CREATE INDEX filing_by_service ON filing USING btree (service_kind, started_at DESC, id DESC);
CREATE INDEX filing_by_service_due ON filing USING btree (service_kind, COALESCE(due_at, 'infinity'::timestamp with time
  zone), id);
CREATE INDEX filing_by_sixes ON filing USING gin (six_grams(((((domain_name || ' '::text) || COALESCE(service_number,
  subject_number, ''::text)) || ' '::text) || COALESCE((form ->> 'service.name'::text), ''::text))));
CREATE INDEX filing_by_start ON filing USING btree (started_at DESC, id DESC);
CREATE INDEX filing_by_state ON filing USING btree (state, started_at DESC, id DESC);
CREATE INDEX filing_by_state_due ON filing USING btree (state, COALESCE(due_at, 'infinity'::timestamp with time zone),
  id);
CREATE UNIQUE INDEX filing_by_submission ON filing USING btree (submission_id) WHERE (submission_id IS NOT NULL);
CREATE INDEX filing_claimed ON filing USING btree (claim_holder_id, COALESCE(due_at, 'infinity'::timestamp with time
  zone), id) WHERE (claim_holder_id IS NOT NULL);
CREATE INDEX filing_filed_by_service_number ON filing USING btree (service_number, started_at DESC, id DESC) WHERE
  (state = 'filed'::text);
CREATE INDEX filing_filed_by_subject ON filing USING btree (subject_hash, started_at DESC, id DESC) WHERE (state =
  'filed'::text);
CREATE INDEX filing_filed_by_subject_number ON filing USING btree (subject_number, started_at DESC, id DESC) WHERE
  (state = 'filed'::text);
CREATE INDEX filing_held_by_subject ON filing USING btree (subject_hash) WHERE ((state <> ALL (ARRAY['filed'::text,
  'abandoned'::text])) AND (set_aside_at IS NULL) AND ((state <> 'draft'::text) OR (subject_given_at IS NOT NULL)));
CREATE INDEX filing_in_review ON filing USING btree (id) WHERE (state = 'awaiting_review'::text);
CREATE INDEX filing_in_review_by_age ON filing USING btree (COALESCE(state_since, started_at), id) WHERE (state =
  'awaiting_review'::text);
CREATE INDEX filing_in_review_by_due ON filing USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id)
  WHERE (state = 'awaiting_review'::text);
CREATE INDEX filing_of_subject ON filing USING btree (subject_hash, started_at DESC, id DESC);
CREATE UNIQUE INDEX filing_one_held_per_name ON filing USING btree (domain_name) WHERE ((state <> ALL
  (ARRAY['filed'::text, 'abandoned'::text])) AND (set_aside_at IS NULL) AND ((state <> 'draft'::text) OR (name_proven_at
  IS NOT NULL)) AND (domain_name <> ''::text));
CREATE UNIQUE INDEX filing_one_open_per_name ON filing USING btree (account_id, domain_name) WHERE ((state <> ALL
  (ARRAY['filed'::text, 'abandoned'::text])) AND (domain_name <> ''::text));
CREATE UNIQUE INDEX filing_one_open_per_subject ON filing USING btree (account_id, subject_hash, slot) WHERE (state <>
  ALL (ARRAY['filed'::text, 'abandoned'::text]));
CREATE INDEX filing_open_of_resource ON filing USING btree (resource_id) WHERE ((resource_id IS NOT NULL) AND (state <>
  ALL (ARRAY['filed'::text, 'abandoned'::text])));
CREATE INDEX filing_overdue ON filing USING btree (due_at) WHERE (state <> ALL (ARRAY['filed'::text,
  'abandoned'::text]));
CREATE INDEX filing_search ON filing USING gin (search_grams(((((domain_name || ' '::text) || COALESCE(service_number,
  subject_number, ''::text)) || ' '::text) || COALESCE((form ->> 'service.name'::text), ''::text))));
CREATE INDEX filing_similar_domain ON filing USING gin (name_variants(split_part(domain_name, '.'::text, 1))) WHERE
  (state <> ALL (ARRAY['filed'::text, 'abandoned'::text]));
CREATE INDEX filing_similar_name ON filing USING gin (name_variants((form ->> 'service.name'::text))) WHERE (state <>
  ALL (ARRAY['filed'::text, 'abandoned'::text]));
CREATE TRIGGER filing_added_to_count AFTER INSERT ON filing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE
  FUNCTION count_filings();
CREATE CONSTRAINT TRIGGER filing_added_to_tally AFTER INSERT ON filing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION tally_filing();
CREATE TRIGGER filing_becomes_filed_on_spend BEFORE UPDATE ON filing FOR EACH ROW WHEN (new.state = 'filed'::text AND
  new.code_id IS NULL AND new.holds_place AND (old.state <> 'filed'::text OR old.code_id IS NOT NULL OR new.spend_id IS
  DISTINCT FROM old.spend_id)) EXECUTE FUNCTION require_spend_of_filed();
CREATE TRIGGER filing_end_is_final BEFORE UPDATE ON filing FOR EACH ROW WHEN ((old.state = ANY (ARRAY['filed'::text,
  'abandoned'::text])) AND new.state <> old.state) EXECUTE FUNCTION guard_filing_end();
CREATE TRIGGER filing_filed_on_spend BEFORE INSERT ON filing FOR EACH ROW WHEN (new.state = 'filed'::text AND
  new.code_id IS NULL AND new.holds_place) EXECUTE FUNCTION require_spend_of_filed();
CREATE TRIGGER filing_held_from_now BEFORE UPDATE ON filing FOR EACH ROW WHEN ((new.state <> ALL (ARRAY['filed'::text,
  'abandoned'::text])) AND new.set_aside_at IS NULL AND (new.state <> 'draft'::text OR new.subject_given_at IS NOT NULL)
  AND (old.set_aside_at IS NOT NULL OR (old.state = ANY (ARRAY['filed'::text, 'abandoned'::text])) OR old.state =
  'draft'::text AND old.subject_given_at IS NULL OR old.subject_hash <> new.subject_hash OR old.account_id <>
  new.account_id)) EXECUTE FUNCTION refuse_subject_of_other();
CREATE TRIGGER filing_held_from_start BEFORE INSERT ON filing FOR EACH ROW WHEN ((new.state <> ALL (ARRAY['filed'::text,
  'abandoned'::text])) AND new.set_aside_at IS NULL AND (new.state <> 'draft'::text OR new.subject_given_at IS NOT
  NULL)) EXECUTE FUNCTION refuse_subject_of_other();
CREATE TRIGGER filing_is_kept BEFORE DELETE ON filing FOR EACH ROW EXECUTE FUNCTION
  refuse_write('filings are kept; abandon one instead');
CREATE TRIGGER filing_moved_in_count AFTER UPDATE ON filing REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR
  EACH STATEMENT EXECUTE FUNCTION count_filings();
CREATE CONSTRAINT TRIGGER filing_moved_in_tally AFTER UPDATE ON filing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN
  (old.state <> new.state) EXECUTE FUNCTION tally_filing();
CREATE TRIGGER material_of_ended_filing AFTER UPDATE OF state ON filing FOR EACH ROW WHEN ((new.state =
  'abandoned'::text) <> (old.state = 'abandoned'::text)) EXECUTE FUNCTION note_end_of_filing();

CREATE TABLE filing_code (
  id text NOT NULL,
  lookup_hash text NOT NULL,
  sealed text NOT NULL,
  tail text NOT NULL,
  resource_id text NOT NULL,
  issuer_account_id text NOT NULL,
  grantee_account_id text,
  spend_id text NOT NULL,
  note text NOT NULL DEFAULT ''::text,
  issued_at timestamp with time zone NOT NULL,
  granted_at timestamp with time zone,
  bound_filing_id text,
  bound_at timestamp with time zone,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  live_holder text GENERATED ALWAYS AS (
CASE
    WHEN used_at IS NULL AND revoked_at IS NULL THEN 'code'::text
    ELSE
    NULL::text
END) STORED,
  changed_at timestamp with time zone,
  stopped_at timestamp with time zone,
  CONSTRAINT filing_code_pkey PRIMARY KEY (id),
  CONSTRAINT filing_code_lookup_hash UNIQUE (lookup_hash),
  CONSTRAINT filing_code_one_per_filing UNIQUE (bound_filing_id),
  CONSTRAINT filing_code_one_per_spend UNIQUE (spend_id),
  CONSTRAINT filing_code_bound_when CHECK ((bound_filing_id IS NULL) = (bound_at IS NULL)),
  CONSTRAINT filing_code_granted_to_somebody CHECK ((grantee_account_id IS NULL) = (granted_at IS NULL)),
  CONSTRAINT filing_code_revoked_is_free CHECK (revoked_at IS NULL OR used_at IS NULL AND bound_filing_id IS NULL),
  CONSTRAINT filing_code_used_is_bound CHECK (used_at IS NULL OR bound_filing_id IS NOT NULL),
  CONSTRAINT filing_code_bound_filing_id_fkey FOREIGN KEY (bound_filing_id) REFERENCES filing(id) DEFERRABLE INITIALLY
    DEFERRED,
  CONSTRAINT filing_code_grantee_account_id_fkey FOREIGN KEY (grantee_account_id) REFERENCES account(id),
  CONSTRAINT filing_code_has_live_spend FOREIGN KEY (spend_id, live_holder) REFERENCES quota_spend(id, live_holder)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT filing_code_of_its_resource FOREIGN KEY (resource_id, issuer_account_id) REFERENCES resource(id,
    account_id)
);
CREATE INDEX filing_code_bound ON filing_code USING btree (id) WHERE ((bound_filing_id IS NOT NULL) AND (used_at IS
  NULL) AND (revoked_at IS NULL));
CREATE INDEX filing_code_by_grantee ON filing_code USING btree (grantee_account_id, id) WHERE (grantee_account_id IS NOT
  NULL);
CREATE INDEX filing_code_by_issuer ON filing_code USING btree (issuer_account_id, id);
CREATE INDEX filing_code_by_resource ON filing_code USING btree (resource_id, id);
CREATE INDEX filing_code_by_tail ON filing_code USING btree (lower(tail), id);
CREATE INDEX filing_code_open ON filing_code USING btree (id) WHERE ((bound_filing_id IS NULL) AND (used_at IS NULL) AND
  (revoked_at IS NULL));
CREATE INDEX filing_code_revoked ON filing_code USING btree (id) WHERE (revoked_at IS NOT NULL);
CREATE INDEX filing_code_search ON filing_code USING gin (search_grams(note)) WHERE (note <> ''::text);
CREATE INDEX filing_code_used ON filing_code USING btree (id) WHERE ((used_at IS NOT NULL) AND (revoked_at IS NULL));
CREATE TRIGGER filing_code_change_recorded AFTER UPDATE ON filing_code FOR EACH ROW WHEN (new.resource_id IS DISTINCT
  FROM old.resource_id OR new.grantee_account_id IS DISTINCT FROM old.grantee_account_id OR new.granted_at IS DISTINCT
  FROM old.granted_at OR new.bound_filing_id IS DISTINCT FROM old.bound_filing_id OR new.used_at IS DISTINCT FROM
  old.used_at OR new.revoked_at IS DISTINCT FROM old.revoked_at) EXECUTE FUNCTION record_code_event();
CREATE TRIGGER filing_code_is_kept BEFORE DELETE ON filing_code FOR EACH ROW EXECUTE FUNCTION
  refuse_write('codes are kept; revoke one instead');
CREATE TRIGGER filing_code_is_not_emptied BEFORE TRUNCATE ON filing_code FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('codes are kept');
CREATE TRIGGER filing_code_issue_recorded AFTER INSERT ON filing_code REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION record_codes_issued();
CREATE TRIGGER filing_code_life BEFORE UPDATE ON filing_code FOR EACH ROW EXECUTE FUNCTION guard_filing_code();
CREATE TRIGGER filing_code_starts_unused BEFORE INSERT ON filing_code FOR EACH ROW WHEN (new.used_at IS NOT NULL OR
  new.revoked_at IS NOT NULL OR new.bound_filing_id IS NOT NULL) EXECUTE FUNCTION refuse_write('a code starts unused');
CREATE TRIGGER filing_code_stops_once BEFORE UPDATE ON filing_code FOR EACH ROW WHEN (old.stopped_at IS NOT NULL AND
  new.stopped_at IS DISTINCT FROM old.stopped_at) EXECUTE FUNCTION
  refuse_write('a code that stopped for good stays stopped');
CREATE TRIGGER filing_code_used_on_spend BEFORE UPDATE ON filing_code FOR EACH ROW WHEN (new.used_at IS NOT NULL AND
  old.used_at IS NULL) EXECUTE FUNCTION require_spend_of_used();

CREATE TABLE filing_event (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  filing_id text NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id text NOT NULL,
  actor_role text NOT NULL,
  type text NOT NULL,
  detail jsonb,
  CONSTRAINT filing_event_pkey PRIMARY KEY (id),
  CONSTRAINT filing_event_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX filing_event_by_filing ON filing_event USING btree (filing_id, id);
CREATE TRIGGER filing_event_is_append_only BEFORE DELETE OR UPDATE ON filing_event FOR EACH ROW EXECUTE FUNCTION
  refuse_write('events are facts; they are only added');
CREATE TRIGGER filing_event_is_not_emptied BEFORE TRUNCATE ON filing_event FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('events are facts; they are only added');

CREATE TABLE filing_lapse (
  filing_id text NOT NULL,
  lapsed_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  due_at timestamp with time zone,
  spend_ids text[] NOT NULL,
  kept_code_id text,
  swept boolean NOT NULL,
  CONSTRAINT filing_lapse_pkey PRIMARY KEY (filing_id),
  CONSTRAINT filing_lapse_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id),
  CONSTRAINT filing_lapse_kept_code_id_fkey FOREIGN KEY (kept_code_id) REFERENCES filing_code(id)
);
CREATE INDEX filing_lapse_by_time ON filing_lapse USING btree (lapsed_at, filing_id);
CREATE INDEX filing_lapse_unfinished ON filing_lapse USING btree (lapsed_at, filing_id) WHERE (kept_code_id IS NOT NULL);

CREATE TABLE gate_change (
  only_row boolean NOT NULL DEFAULT true,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  history_digest text NOT NULL DEFAULT ''::text,
  CONSTRAINT gate_change_pkey PRIMARY KEY (only_row),
  CONSTRAINT gate_change_only_row_check CHECK (only_row),
  CONSTRAINT gate_change_version_check CHECK (version >= 0)
);
CREATE TRIGGER gate_change_is_kept BEFORE DELETE ON gate_change FOR EACH ROW EXECUTE FUNCTION
  refuse_write('the version is kept');
CREATE TRIGGER gate_change_only_rises BEFORE UPDATE ON gate_change FOR EACH ROW WHEN (new.version <= old.version)
  EXECUTE FUNCTION refuse_write('the version only rises');

CREATE TABLE gate_entry (
  name text COLLATE "C" NOT NULL,
  exact boolean NOT NULL,
  record jsonb NOT NULL,
  CONSTRAINT gate_entry_pkey PRIMARY KEY (name, exact)
);

CREATE TABLE gate_log (
  sequence bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  exact boolean NOT NULL,
  record jsonb,
  history_digest text NOT NULL,
  tx bigint NOT NULL,
  CONSTRAINT gate_log_pkey PRIMARY KEY (sequence)
);
CREATE TRIGGER gate_log_is_kept BEFORE UPDATE ON gate_log FOR EACH ROW EXECUTE FUNCTION
  refuse_write('changes that gates have read are not altered');

CREATE TABLE grace (
  filing_id text NOT NULL,
  domain_name text NOT NULL,
  number text NOT NULL,
  until date,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT grace_pkey PRIMARY KEY (filing_id),
  CONSTRAINT grace_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX grace_by_domain_name ON grace USING btree (domain_name) WHERE (until IS NOT NULL);
CREATE TRIGGER grace_added_for_gate AFTER INSERT ON grace REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE
  FUNCTION log_grace_changes();
CREATE TRIGGER grace_changed_for_gate AFTER UPDATE ON grace REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION log_grace_changes();
CREATE TRIGGER grace_locks_gate_change BEFORE INSERT OR DELETE OR UPDATE ON grace FOR EACH STATEMENT EXECUTE FUNCTION
  lock_gate_change();
CREATE TRIGGER grace_removed_for_gate AFTER DELETE ON grace REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE
  FUNCTION log_grace_changes();

CREATE TABLE idempotency (
  actor_id text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  response jsonb,
  claimed_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_pkey PRIMARY KEY (actor_id, operation, key)
);
CREATE INDEX idempotency_old ON idempotency USING btree (claimed_at);

CREATE TABLE inventory_sync (
  name text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  lease_owner text,
  lease_until timestamp with time zone,
  began_at timestamp with time zone,
  ended_at timestamp with time zone,
  outcome text,
  succeeded_at timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  result jsonb,
  held_digest text,
  held_difference jsonb,
  held_gone text[],
  held_breaking text[],
  confirmed_by text,
  CONSTRAINT inventory_sync_pkey PRIMARY KEY (name),
  CONSTRAINT inventory_sync_name_check CHECK (length(name) >= 1 AND length(name) <= 40),
  CONSTRAINT inventory_sync_outcome_check CHECK (outcome = ANY (ARRAY['done'::text, 'held'::text, 'failed'::text]))
);

CREATE TABLE job (
  id text NOT NULL,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamp with time zone,
  last_error text,
  line text NOT NULL DEFAULT ''::text,
  made_at timestamp with time zone,
  unanswered boolean NOT NULL DEFAULT false,
  parked boolean NOT NULL DEFAULT false,
  last_fault text[],
  CONSTRAINT job_pkey PRIMARY KEY (id),
  CONSTRAINT job_lease_both_or_neither CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) WITH (fillfactor=70);
CREATE INDEX job_by_age ON job USING btree (topic, made_at);
CREATE INDEX job_due ON job USING btree (run_at, id);
CREATE INDEX job_failing ON job USING btree (run_at, id) WHERE (last_error IS NOT NULL);
CREATE INDEX job_in_line ON job USING btree (line, run_at, id) WHERE (NOT parked);
CREATE INDEX job_of_filing ON job USING btree (((payload ->> 'filingId'::text)));
CREATE INDEX job_unanswered ON job USING btree (line) WHERE (unanswered AND (NOT parked));
CREATE INDEX job_under_way ON job USING btree (line, lease_until) WHERE (lease_until IS NOT NULL);
CREATE TRIGGER job_added_to_count AFTER INSERT ON job REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE
  FUNCTION count_jobs();
CREATE TRIGGER job_failing_in_count AFTER UPDATE OF last_error ON job FOR EACH ROW WHEN ((old.last_error IS NULL) <>
  (new.last_error IS NULL)) EXECUTE FUNCTION count_failing_job();
CREATE TRIGGER job_stands_in_line BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION set_job_line();
CREATE TRIGGER job_taken_from_count AFTER DELETE ON job REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE
  FUNCTION count_jobs();

CREATE TABLE key_check (
  use text NOT NULL,
  key_id text NOT NULL,
  value text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT key_check_pkey PRIMARY KEY (use, key_id),
  CONSTRAINT key_check_use_check CHECK (use = ANY (ARRAY['sealing'::text, 'hashing'::text]))
);

CREATE TABLE look_up (
  filing_id text NOT NULL,
  name text NOT NULL,
  wanted_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamp with time zone,
  state text,
  asked_at timestamp with time zone,
  source text,
  about text,
  facts jsonb,
  said_zh text,
  said_en text,
  CONSTRAINT look_up_pkey PRIMARY KEY (filing_id, name),
  CONSTRAINT look_up_state_check CHECK (state = ANY (ARRAY['not_asked'::text, 'answered'::text, 'failed'::text])),
  CONSTRAINT look_up_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX look_up_wanted ON look_up USING btree (wanted_at, filing_id, name) WHERE (wanted_at IS NOT NULL);

CREATE TABLE material (
  id text NOT NULL,
  filing_id text NOT NULL,
  blob_id text NOT NULL,
  key text NOT NULL,
  part text NOT NULL,
  certificate_type text,
  advice jsonb NOT NULL,
  added_at timestamp with time zone NOT NULL,
  added_by text NOT NULL,
  removed_at timestamp with time zone,
  filing_ended_at timestamp with time zone,
  signed_on date,
  CONSTRAINT material_pkey PRIMARY KEY (id),
  CONSTRAINT material_blob_id_fkey FOREIGN KEY (blob_id) REFERENCES material_blob(id),
  CONSTRAINT material_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX material_of_blob ON material USING btree (blob_id);
CREATE INDEX material_of_ended ON material USING btree (filing_ended_at, id) WHERE (filing_ended_at IS NOT NULL);
CREATE INDEX material_of_filing ON material USING btree (filing_id, id);
CREATE INDEX material_removed ON material USING btree (removed_at, id) WHERE (removed_at IS NOT NULL);
CREATE TRIGGER material_is_stored BEFORE INSERT ON material FOR EACH ROW EXECUTE FUNCTION require_stored_blob();

CREATE TABLE material_blob (
  id text NOT NULL,
  state text NOT NULL,
  content_hash text NOT NULL,
  sealed_key text NOT NULL,
  object_name text NOT NULL,
  facts jsonb NOT NULL,
  copy_bytes integer NOT NULL,
  scan text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT material_blob_pkey PRIMARY KEY (id),
  CONSTRAINT material_blob_one_per_object UNIQUE (object_name),
  CONSTRAINT material_blob_scan_check CHECK (scan = ANY (ARRAY['clean'::text, 'not_scanned'::text])),
  CONSTRAINT material_blob_state_check CHECK (state = ANY (ARRAY['writing'::text, 'stored'::text, 'dropped'::text]))
);
CREATE INDEX material_blob_by_content ON material_blob USING btree (content_hash) WHERE (state = 'stored'::text);
CREATE INDEX material_blob_unused ON material_blob USING btree (made_at, id) WHERE (state <> 'stored'::text);

CREATE TABLE material_upload (
  id text NOT NULL,
  filing_id text NOT NULL,
  key text NOT NULL,
  part text NOT NULL,
  certificate_type text,
  bytes integer NOT NULL,
  received integer NOT NULL DEFAULT 0,
  sealed_key text NOT NULL,
  begun_by text NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  signed_on date,
  CONSTRAINT material_upload_pkey PRIMARY KEY (id),
  CONSTRAINT material_upload_received CHECK (received >= 0 AND received <= bytes),
  CONSTRAINT material_upload_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX material_upload_expires ON material_upload USING btree (expires_at);
CREATE INDEX material_upload_of_filing ON material_upload USING btree (filing_id, id);

CREATE TABLE material_upload_part (
  upload_id text NOT NULL,
  at_byte integer NOT NULL,
  body bytea NOT NULL,
  CONSTRAINT material_upload_part_pkey PRIMARY KEY (upload_id, at_byte),
  CONSTRAINT material_upload_part_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES material_upload(id) ON DELETE
    CASCADE
);

CREATE TABLE name_proof (
  account_id text NOT NULL,
  domain_name text NOT NULL,
  token text,
  token_until timestamp with time zone,
  proven_at timestamp with time zone,
  proven_until timestamp with time zone,
  method text,
  CONSTRAINT name_proof_pkey PRIMARY KEY (account_id, domain_name),
  CONSTRAINT name_proof_method_check CHECK (method = ANY (ARRAY['dns_txt'::text, 'registrar'::text])),
  CONSTRAINT name_proof_proven_whole CHECK ((proven_at IS NULL) = (proven_until IS NULL) AND (proven_at IS NULL) =
    (method IS NULL)),
  CONSTRAINT name_proof_token_whole CHECK ((token IS NULL) = (token_until IS NULL)),
  CONSTRAINT name_proof_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);

CREATE TABLE notice (
  id text NOT NULL,
  account_id text,
  type text NOT NULL,
  about text NOT NULL,
  at timestamp with time zone NOT NULL,
  resource_id text,
  webhook_id text,
  codes integer NOT NULL DEFAULT 0,
  stops_on date,
  days_left integer,
  read_at timestamp with time zone,
  mail_next_at timestamp with time zone,
  mail_attempts integer NOT NULL DEFAULT 0,
  mail_ended_at timestamp with time zone,
  mail_error text,
  filing_id text,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  mail_sent text[] NOT NULL DEFAULT '{}'::text[],
  CONSTRAINT notice_pkey PRIMARY KEY (id),
  CONSTRAINT notice_once UNIQUE NULLS NOT DISTINCT (account_id, about),
  CONSTRAINT notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX notice_mail_due ON notice USING btree (mail_next_at) WHERE (mail_next_at IS NOT NULL);
CREATE INDEX notice_of_account ON notice USING btree (account_id, id);
CREATE INDEX notice_of_provider ON notice USING btree (id) WHERE (account_id IS NULL);
CREATE INDEX notice_old ON notice USING btree (at);
CREATE INDEX notice_unread ON notice USING btree (account_id) WHERE (read_at IS NULL);
CREATE INDEX notice_unread_of_provider ON notice USING btree (id) WHERE ((account_id IS NULL) AND (read_at IS NULL));

CREATE TABLE notice_preference (
  user_id text NOT NULL,
  groups text[] NOT NULL,
  language text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT notice_preference_pkey PRIMARY KEY (user_id),
  CONSTRAINT notice_preference_language_check CHECK (language = ANY (ARRAY['zh'::text, 'en'::text, 'both'::text])),
  CONSTRAINT notice_preference_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);

CREATE TABLE one_time_token (
  digest text NOT NULL,
  purpose text NOT NULL,
  user_id text,
  payload jsonb NOT NULL,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT one_time_token_pkey PRIMARY KEY (digest),
  CONSTRAINT one_time_token_purpose_check CHECK (purpose = ANY (ARRAY['invitation'::text, 'reset'::text, 'unlock'::text,
    'ticket'::text, 'passkey_sign_in'::text, 'passkey_add'::text, 'oidc'::text])),
  CONSTRAINT one_time_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX one_time_token_by_end ON one_time_token USING btree (expires_at);
CREATE INDEX one_time_token_by_user ON one_time_token USING btree (user_id, purpose);

CREATE TABLE person_mail (
  user_id text NOT NULL,
  purpose text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  CONSTRAINT person_mail_pkey PRIMARY KEY (user_id),
  CONSTRAINT person_mail_purpose_check CHECK (purpose = ANY (ARRAY['invitation'::text, 'reset'::text, 'unlock'::text])),
  CONSTRAINT person_mail_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX person_mail_due ON person_mail USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE TABLE person_passkey (
  id text NOT NULL,
  user_id text NOT NULL,
  credential_id text NOT NULL,
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone,
  CONSTRAINT person_passkey_pkey PRIMARY KEY (id),
  CONSTRAINT person_passkey_credential UNIQUE (credential_id),
  CONSTRAINT person_passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX person_passkey_by_user ON person_passkey USING btree (user_id);

CREATE TABLE person_recovery_code (
  user_id text NOT NULL,
  digest text NOT NULL,
  CONSTRAINT person_recovery_code_pkey PRIMARY KEY (user_id, digest),
  CONSTRAINT person_recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);

CREATE TABLE person_totp (
  user_id text NOT NULL,
  sealed_secret text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone,
  last_step bigint NOT NULL DEFAULT 0,
  CONSTRAINT person_totp_pkey PRIMARY KEY (user_id),
  CONSTRAINT person_totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);

CREATE TABLE process_configuration (
  process text NOT NULL,
  settings jsonb NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT process_configuration_pkey PRIMARY KEY (process)
);

CREATE TABLE process_report (
  kind text NOT NULL,
  name text NOT NULL,
  version text NOT NULL,
  heard_at timestamp with time zone NOT NULL,
  facts jsonb NOT NULL,
  CONSTRAINT process_report_pkey PRIMARY KEY (kind, name),
  CONSTRAINT process_report_kind_check CHECK (kind = ANY (ARRAY['server'::text, 'worker'::text, 'gate'::text])),
  CONSTRAINT process_report_name_check CHECK (length(name) >= 1 AND length(name) <= 200)
);

CREATE TABLE quota (
  ledger_key text NOT NULL,
  capacity integer,
  spent integer NOT NULL DEFAULT 0,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT quota_pkey PRIMARY KEY (ledger_key),
  CONSTRAINT quota_capacity_not_negative CHECK (capacity >= 0),
  CONSTRAINT quota_spent_within_capacity CHECK (spent >= 0 AND (capacity IS NULL OR spent <= capacity))
) WITH (fillfactor=70);
CREATE TRIGGER quota_is_kept BEFORE DELETE ON quota FOR EACH ROW EXECUTE FUNCTION refuse_write('ledgers are kept');
CREATE TRIGGER quota_is_not_emptied BEFORE TRUNCATE ON quota FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('ledgers are kept');
CREATE TRIGGER quota_moves_by_spends_only BEFORE UPDATE ON quota FOR EACH ROW WHEN (new.spent IS DISTINCT FROM old.spent
  AND pg_trigger_depth() = 0 OR new.ledger_key <> old.ledger_key) EXECUTE FUNCTION
  refuse_write('spent moves only with rows of quota_spend');
CREATE TRIGGER quota_starts_unspent BEFORE INSERT ON quota FOR EACH ROW WHEN (new.spent <> 0) EXECUTE FUNCTION
  refuse_write('a ledger starts with nothing spent');

CREATE TABLE quota_spend (
  id text NOT NULL,
  ledger_key text NOT NULL,
  holder text NOT NULL,
  filing_id text,
  spent_at timestamp with time zone NOT NULL,
  returned_at timestamp with time zone,
  live_holder text GENERATED ALWAYS AS (
CASE
    WHEN returned_at IS NULL THEN COALESCE(filing_id, 'code'::text)

    ELSE NULL::text
END) STORED,
  CONSTRAINT quota_spend_pkey PRIMARY KEY (id),
  CONSTRAINT quota_spend_live_holder UNIQUE (id, live_holder),
  CONSTRAINT quota_spend_direct_has_filing CHECK ((holder = 'direct'::text) = (filing_id IS NOT NULL)),
  CONSTRAINT quota_spend_holder_check CHECK (holder = ANY (ARRAY['code'::text, 'direct'::text])),
  CONSTRAINT quota_spend_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX quota_spend_by_filing ON quota_spend USING btree (filing_id) WHERE (filing_id IS NOT NULL);
CREATE TRIGGER quota_spend_is_kept BEFORE DELETE ON quota_spend FOR EACH ROW EXECUTE FUNCTION
  refuse_write('spends are kept; return one instead');
CREATE TRIGGER quota_spend_is_not_emptied BEFORE TRUNCATE ON quota_spend FOR EACH STATEMENT EXECUTE FUNCTION
  refuse_write('spends are kept');
CREATE TRIGGER quota_spend_is_returned_once BEFORE UPDATE ON quota_spend FOR EACH ROW WHEN (old.returned_at IS NOT NULL
  OR new.returned_at IS NULL OR new.id <> old.id OR new.ledger_key <> old.ledger_key OR new.holder <> old.holder OR
  new.spent_at <> old.spent_at OR new.filing_id IS DISTINCT FROM old.filing_id) EXECUTE FUNCTION
  refuse_write('a spend can only be given back, and once');
CREATE TRIGGER quota_spend_moves_quota AFTER INSERT ON quota_spend REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION move_quota_on_spend();
CREATE TRIGGER quota_spend_return_moves_quota AFTER UPDATE ON quota_spend REFERENCING NEW TABLE AS given_back FOR EACH
  STATEMENT EXECUTE FUNCTION move_quota_on_return();
CREATE TRIGGER quota_spend_starts_live BEFORE INSERT ON quota_spend FOR EACH ROW WHEN (new.returned_at IS NOT NULL)
  EXECUTE FUNCTION refuse_write('a new spend is not returned yet');

CREATE TABLE refused_access (
  actor_id text NOT NULL,
  operation text NOT NULL,
  fault text NOT NULL,
  hour timestamp with time zone NOT NULL,
  actor_role text NOT NULL,
  account_id text,
  count integer NOT NULL,
  CONSTRAINT refused_access_pkey PRIMARY KEY (hour, actor_id, operation, fault),
  CONSTRAINT refused_access_count_check CHECK (count > 0)
);

CREATE TABLE reminder (
  kind text NOT NULL,
  item_id text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT reminder_pkey PRIMARY KEY (kind, item_id),
  CONSTRAINT reminder_kind_check CHECK (kind = ANY (ARRAY['filing'::text, 'demand'::text, 'move'::text,
    'verification'::text]))
);
CREATE INDEX reminder_due ON reminder USING btree (at, kind, item_id);

CREATE TABLE reseal_progress (
  kind text NOT NULL,
  target text NOT NULL,
  done_to text NOT NULL,
  done_at timestamp with time zone NOT NULL,
  CONSTRAINT reseal_progress_pkey PRIMARY KEY (kind),
  CONSTRAINT reseal_progress_kind_check CHECK (kind = ANY (ARRAY['codes'::text, 'filings'::text, 'subjects'::text,
    'webhooks'::text, 'addresses'::text, 'messages'::text, 'seals'::text, 'people'::text, 'totp'::text,
    'contests'::text, 'clearings'::text, 'texts'::text, 'blobs'::text, 'uploads'::text, 'papers'::text]))
);

CREATE TABLE resource (
  id text NOT NULL,
  account_id text NOT NULL,
  provider text NOT NULL,
  product text NOT NULL,
  facts jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT resource_pkey PRIMARY KEY (id),
  CONSTRAINT resource_of_its_account UNIQUE (id, account_id),
  CONSTRAINT resource_version_check CHECK (version >= 1),
  CONSTRAINT resource_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX resource_by_account ON resource USING btree (account_id, id);
CREATE INDEX resource_by_place ON resource USING btree (account_id COLLATE "C", id COLLATE "C");
CREATE INDEX resource_by_product ON resource USING btree ((((provider || '/'::text) || product)), account_id, id);
CREATE INDEX resource_by_sixes ON resource USING gin (six_grams(((((((id || ' '::text) || product) || ' '::text) ||
  account_id) || ' '::text) || COALESCE((facts ->> 'region'::text), ''::text))));
CREATE INDEX resource_search ON resource USING gin (search_grams(((((((id || ' '::text) || product) || ' '::text) ||
  account_id) || ' '::text) || COALESCE((facts ->> 'region'::text), ''::text))));
CREATE TRIGGER resource_change_marks_clock AFTER UPDATE ON resource FOR EACH ROW WHEN (new.version <> old.version)
  EXECUTE FUNCTION mark_resource_clock();
CREATE TRIGGER resource_insert_marks_clock AFTER INSERT ON resource FOR EACH ROW EXECUTE FUNCTION mark_resource_clock();
CREATE TRIGGER resource_version_follows_facts BEFORE UPDATE ON resource FOR EACH ROW EXECUTE FUNCTION
  raise_resource_version();

CREATE TABLE resource_clock (
  resource_id text NOT NULL,
  stale boolean NOT NULL DEFAULT true,
  fingerprint text NOT NULL DEFAULT ''::text,
  CONSTRAINT resource_clock_pkey PRIMARY KEY (resource_id)
) WITH (fillfactor=80);
CREATE INDEX resource_clock_by_rules ON resource_clock USING btree (fingerprint, resource_id);
CREATE INDEX resource_clock_stale ON resource_clock USING btree (resource_id) WHERE stale;

CREATE TABLE reveal_shift (
  actor_id text NOT NULL,
  shift_at timestamp with time zone NOT NULL,
  count integer NOT NULL,
  alerted_at timestamp with time zone,
  CONSTRAINT reveal_shift_pkey PRIMARY KEY (actor_id, shift_at),
  CONSTRAINT reveal_shift_count_check CHECK (count > 0)
);
CREATE INDEX reveal_shift_old ON reveal_shift USING btree (shift_at);

CREATE TABLE review_call (
  id text NOT NULL,
  filing_id text NOT NULL,
  round_no integer NOT NULL,
  at timestamp with time zone NOT NULL,
  called_by text NOT NULL,
  person text NOT NULL,
  outcome text NOT NULL,
  again_at timestamp with time zone,
  CONSTRAINT review_call_pkey PRIMARY KEY (id),
  CONSTRAINT review_call_outcome_check CHECK (outcome = ANY (ARRAY['reached'::text, 'not_reached'::text,
    'wrong_number'::text])),
  CONSTRAINT review_call_person_check CHECK (person = ANY (ARRAY['subject_principal'::text, 'service_principal'::text,
    'emergency_contact'::text])),
  CONSTRAINT review_call_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX review_call_of_filing ON review_call USING btree (filing_id, at DESC, id DESC);

CREATE TABLE review_round (
  filing_id text NOT NULL,
  no integer NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  begun_by text NOT NULL,
  seen jsonb NOT NULL,
  CONSTRAINT review_round_pkey PRIMARY KEY (filing_id, no),
  CONSTRAINT review_round_no_check CHECK (no > 0),
  CONSTRAINT review_round_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);

CREATE TABLE review_tally (
  day date NOT NULL,
  reviewer_id text NOT NULL,
  province_code text NOT NULL,
  outcome text NOT NULL,
  rule text NOT NULL DEFAULT ''::text,
  field text NOT NULL DEFAULT ''::text,
  count bigint NOT NULL,
  CONSTRAINT review_tally_pkey PRIMARY KEY (day, reviewer_id, province_code, outcome, rule, field)
);

CREATE TABLE review_tally_of_kind (
  day date NOT NULL,
  kind text NOT NULL,
  reviewer_id text NOT NULL,
  province_code text NOT NULL,
  outcome text NOT NULL,
  rule text NOT NULL DEFAULT ''::text,
  field text NOT NULL DEFAULT ''::text,
  count bigint NOT NULL,
  CONSTRAINT review_tally_of_kind_pkey PRIMARY KEY (kind, day, reviewer_id, province_code, outcome, rule, field)
);

CREATE TABLE review_tick (
  filing_id text NOT NULL,
  round_no integer NOT NULL,
  rule text NOT NULL,
  ticked_by text NOT NULL,
  ticked_at timestamp with time zone NOT NULL,
  CONSTRAINT review_tick_pkey PRIMARY KEY (filing_id, round_no, rule),
  CONSTRAINT review_tick_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);

CREATE TABLE row_count_change (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  counted text NOT NULL,
  state text NOT NULL DEFAULT ''::text,
  change bigint NOT NULL,
  CONSTRAINT row_count_change_pkey PRIMARY KEY (seq)
);

CREATE TABLE said_text (
  id text NOT NULL,
  sealed_text text NOT NULL,
  said_at timestamp with time zone NOT NULL,
  of_audit boolean NOT NULL,
  CONSTRAINT said_text_pkey PRIMARY KEY (id)
);
CREATE TRIGGER said_text_is_kept BEFORE UPDATE OF id, said_at, of_audit ON said_text FOR EACH ROW EXECUTE FUNCTION
  refuse_write('what was said stays said');

CREATE TABLE schema_migration (
  number integer NOT NULL,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT schema_migration_pkey PRIMARY KEY (number)
);

CREATE TABLE service_record (
  id text NOT NULL,
  number text NOT NULL,
  subject_record_id text NOT NULL,
  service_kind text NOT NULL,
  service_name text NOT NULL,
  domain_name text NOT NULL,
  state text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  cancelled_at timestamp with time zone,
  moved_at timestamp with time zone GENERATED ALWAYS AS (GREATEST(recorded_at, cancelled_at)) STORED,
  state_since timestamp with time zone,
  CONSTRAINT service_record_pkey PRIMARY KEY (id),
  CONSTRAINT service_record_number UNIQUE (number),
  CONSTRAINT service_record_cancelled_when CHECK (cancelled_at IS NULL OR state = 'cancelled'::text),
  CONSTRAINT service_record_state_known CHECK (state = ANY (ARRAY['filed'::text, 'cancelled'::text, 'suspended'::text,
    'blacklisted'::text])),
  CONSTRAINT service_record_subject_record_id_fkey FOREIGN KEY (subject_record_id) REFERENCES subject_record(id)
);
CREATE INDEX service_record_by_domain_name ON service_record USING btree (domain_name);
CREATE INDEX service_record_by_kind ON service_record USING btree (service_kind, number);
CREATE INDEX service_record_by_letter ON service_record USING btree ("left"(number, 1), number);
CREATE INDEX service_record_by_lower_domain_name ON service_record USING btree (lower(domain_name));
CREATE INDEX service_record_by_lower_number ON service_record USING btree (lower(number));
CREATE INDEX service_record_by_sixes ON service_record USING gin (six_grams(((((number || ' '::text) || domain_name) ||
  ' '::text) || service_name)));
CREATE INDEX service_record_by_state ON service_record USING btree (state, number);
CREATE INDEX service_record_by_subject ON service_record USING btree (subject_record_id, number);
CREATE INDEX service_record_search ON service_record USING gin (search_grams(((((number || ' '::text) || domain_name) ||
  ' '::text) || service_name)));
CREATE INDEX service_record_similar_domain ON service_record USING gin (name_variants(split_part(domain_name, '.'::text,
  1))) WHERE (state <> 'cancelled'::text);
CREATE INDEX service_record_similar_name ON service_record USING gin (name_variants(service_name)) WHERE (state <>
  'cancelled'::text);
CREATE TRIGGER service_record_added_for_gate AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION log_service_changes();
CREATE TRIGGER service_record_added_to_count AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION count_rows();
CREATE TRIGGER service_record_changed_for_gate AFTER UPDATE ON service_record REFERENCING OLD TABLE AS was NEW TABLE AS
  changed FOR EACH STATEMENT EXECUTE FUNCTION log_service_changes();
CREATE TRIGGER service_record_locks_gate_change BEFORE INSERT OR DELETE OR UPDATE ON service_record FOR EACH STATEMENT
  EXECUTE FUNCTION lock_gate_change();
CREATE TRIGGER service_record_removed_for_gate AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION log_service_changes();
CREATE TRIGGER service_record_state_since_set BEFORE INSERT OR UPDATE ON service_record FOR EACH ROW EXECUTE FUNCTION
  set_service_state_since();
CREATE TRIGGER service_record_taken_from_count AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION count_rows();

CREATE TABLE sms_person (
  submission_id text NOT NULL,
  person text NOT NULL,
  state text NOT NULL,
  code text,
  resends integer NOT NULL DEFAULT 0,
  wrong_codes integer NOT NULL DEFAULT 0,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT sms_person_pkey PRIMARY KEY (submission_id, person),
  CONSTRAINT sms_person_person_check CHECK (person = ANY (ARRAY['subject_principal'::text, 'service_principal'::text])),
  CONSTRAINT sms_person_state_check CHECK (state = ANY (ARRAY['sent'::text, 'expired'::text, 'failed'::text,
    'confirmed'::text])),
  CONSTRAINT sms_person_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES submission(id)
);

CREATE TABLE stay_tally (
  day date NOT NULL,
  state text NOT NULL,
  province_code text NOT NULL,
  minutes integer NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT stay_tally_pkey PRIMARY KEY (day, state, province_code, minutes)
);

CREATE TABLE stay_tally_of_kind (
  day date NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  province_code text NOT NULL,
  minutes integer NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT stay_tally_of_kind_pkey PRIMARY KEY (kind, day, state, province_code, minutes)
);

CREATE TABLE subject_holder (
  id text NOT NULL,
  subject_hash text NOT NULL,
  CONSTRAINT subject_holder_pkey PRIMARY KEY (id),
  CONSTRAINT subject_holder_hash UNIQUE (subject_hash)
);
CREATE TRIGGER subject_holder_is_kept BEFORE DELETE ON subject_holder FOR EACH ROW EXECUTE FUNCTION
  refuse_write('ledgers are kept under these ids');

CREATE TABLE subject_record (
  id text NOT NULL,
  number text NOT NULL,
  account_id text NOT NULL,
  subject_kind text NOT NULL,
  subject_hash text NOT NULL,
  unit_name text,
  sealed_name text NOT NULL,
  province_code text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  cancelled_at timestamp with time zone,
  moved_at timestamp with time zone GENERATED ALWAYS AS (GREATEST(recorded_at, cancelled_at)) STORED,
  CONSTRAINT subject_record_pkey PRIMARY KEY (id),
  CONSTRAINT subject_record_number UNIQUE (number),
  CONSTRAINT subject_record_individuals_sealed CHECK (subject_kind <> 'individual'::text OR unit_name IS NULL),
  CONSTRAINT subject_record_province_code_check CHECK (province_code ~ '^[0-9]{6}$'::text),
  CONSTRAINT subject_record_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX subject_record_by_account ON subject_record USING btree (account_id, number);
CREATE INDEX subject_record_by_hash ON subject_record USING btree (subject_hash);
CREATE INDEX subject_record_by_lower_number ON subject_record USING btree (lower(number));
CREATE INDEX subject_record_by_unit_name ON subject_record USING btree (lower(unit_name));
CREATE TRIGGER subject_record_locks_gate_change BEFORE INSERT OR DELETE OR UPDATE ON subject_record FOR EACH STATEMENT
  EXECUTE FUNCTION lock_gate_change();

CREATE TABLE submission (
  id text NOT NULL,
  filing_id text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  receipt text,
  received_at timestamp with time zone,
  CONSTRAINT submission_pkey PRIMARY KEY (id),
  CONSTRAINT submission_receipt_when CHECK ((receipt IS NULL) = (received_at IS NULL)),
  CONSTRAINT submission_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX submission_by_filing ON submission USING btree (filing_id);

CREATE TABLE support_access (
  id text NOT NULL,
  account_id text NOT NULL,
  operator_id text NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_by text,
  CONSTRAINT support_access_pkey PRIMARY KEY (id),
  CONSTRAINT support_access_check CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CONSTRAINT support_access_ended_by_check CHECK (ended_by = ANY (ARRAY['operator'::text, 'customer'::text])),
  CONSTRAINT support_access_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX support_access_by_account ON support_access USING btree (account_id, id DESC);

CREATE TABLE support_view (
  id text NOT NULL,
  access_id text NOT NULL,
  operation text NOT NULL,
  object_id text NOT NULL DEFAULT ''::text,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  count integer NOT NULL,
  CONSTRAINT support_view_pkey PRIMARY KEY (id),
  CONSTRAINT support_view_once UNIQUE (access_id, operation, object_id),
  CONSTRAINT support_view_count_check CHECK (count > 0),
  CONSTRAINT support_view_access_id_fkey FOREIGN KEY (access_id) REFERENCES support_access(id)
);
CREATE INDEX support_view_by_access ON support_view USING btree (access_id, id);
CREATE TRIGGER support_view_is_kept BEFORE DELETE ON support_view FOR EACH ROW EXECUTE FUNCTION
  refuse_write('what was looked at is kept');

CREATE TABLE verification (
  id text NOT NULL,
  filing_id text NOT NULL,
  role text NOT NULL,
  person_hash text NOT NULL,
  way text NOT NULL,
  state text NOT NULL,
  started_by text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  outside_id text,
  link text,
  link_until timestamp with time zone,
  poll_at timestamp with time zone,
  polls integer NOT NULL DEFAULT 0,
  result_at timestamp with time zone,
  valid_until timestamp with time zone,
  reason text,
  comment text NOT NULL DEFAULT ''::text,
  decided_by text,
  CONSTRAINT verification_pkey PRIMARY KEY (id),
  CONSTRAINT verification_has_result CHECK ((state = 'waiting'::text) = (result_at IS NULL)),
  CONSTRAINT verification_is_good_until CHECK ((state = 'passed'::text) = (valid_until IS NOT NULL)),
  CONSTRAINT verification_role_check CHECK (role = ANY (ARRAY['service_principal'::text, 'subject_principal'::text,
    'legal_representative'::text])),
  CONSTRAINT verification_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'passed'::text, 'failed'::text])),
  CONSTRAINT verification_way_check CHECK (way = ANY (ARRAY['electronic'::text, 'in_person'::text, 'sheet'::text])),
  CONSTRAINT verification_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing(id)
);
CREATE INDEX verification_of_filing ON verification USING btree (filing_id, started_at, id);
CREATE INDEX verification_to_poll ON verification USING btree (poll_at, id) WHERE (poll_at IS NOT NULL);

CREATE TABLE verification_result (
  verification_id text NOT NULL,
  result_id text NOT NULL,
  outcome text NOT NULL,
  at timestamp with time zone NOT NULL,
  reason text,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT verification_result_pkey PRIMARY KEY (verification_id, result_id),
  CONSTRAINT verification_result_outcome_check CHECK (outcome = ANY (ARRAY['passed'::text, 'failed'::text])),
  CONSTRAINT verification_result_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
);

CREATE TABLE webhook (
  id text NOT NULL,
  account_id text,
  url text NOT NULL,
  types text[] NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  sealed_secret text NOT NULL,
  secret_made_at timestamp with time zone NOT NULL,
  previous_sealed_secret text,
  previous_secret_until timestamp with time zone,
  paused_at timestamp with time zone,
  paused_because text,
  failing_since timestamp with time zone,
  consecutive_dead_deliveries integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT webhook_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_consecutive_dead_deliveries_check CHECK (consecutive_dead_deliveries >= 0),
  CONSTRAINT webhook_pause_both_or_neither CHECK ((paused_at IS NULL) = (paused_because IS NULL)),
  CONSTRAINT webhook_paused_because_check CHECK (paused_because = ANY (ARRAY['request'::text, 'failures'::text,
    'gone'::text])),
  CONSTRAINT webhook_previous_secret_both_or_neither CHECK ((previous_sealed_secret IS NULL) = (previous_secret_until IS
    NULL)),
  CONSTRAINT webhook_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX webhook_by_account ON webhook USING btree (account_id, id);
CREATE INDEX webhook_in_trouble ON webhook USING btree (id) WHERE ((failing_since IS NOT NULL) OR (paused_because = ANY
  (ARRAY['failures'::text, 'gone'::text])));
CREATE INDEX webhook_paused ON webhook USING btree (id) WHERE (paused_at IS NOT NULL);
CREATE TRIGGER webhook_added_to_count AFTER INSERT ON webhook REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER webhook_taken_from_count AFTER DELETE ON webhook REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();

CREATE TABLE webhook_delivery (
  id text NOT NULL,
  webhook_id text NOT NULL,
  event_id text NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  order_key text,
  body text NOT NULL,
  state text NOT NULL DEFAULT 'waiting'::text,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL,
  first_attempt_at timestamp with time zone,
  next_at timestamp with time zone,
  lease_owner text,
  lease_until timestamp with time zone,
  ended_at timestamp with time zone,
  last_status integer,
  last_error text,
  last_excerpt text,
  CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_delivery_once UNIQUE (webhook_id, event_id),
  CONSTRAINT webhook_delivery_ends CHECK ((state = 'waiting'::text) = (ended_at IS NULL) AND (state = 'waiting'::text) =
    (next_at IS NOT NULL)),
  CONSTRAINT webhook_delivery_lease_both_or_neither CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT webhook_delivery_lease_waits CHECK (lease_owner IS NULL OR state = 'waiting'::text),
  CONSTRAINT webhook_delivery_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text])),
  CONSTRAINT webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE
) WITH (fillfactor=80);
CREATE INDEX webhook_delivery_busy ON webhook_delivery USING btree (webhook_id, lease_until) WHERE (lease_until IS NOT
  NULL);
CREATE INDEX webhook_delivery_due ON webhook_delivery USING btree (webhook_id, next_at, seq) WHERE (state =
  'waiting'::text);
CREATE INDEX webhook_delivery_ended ON webhook_delivery USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX webhook_delivery_in_order ON webhook_delivery USING btree (webhook_id, order_key, seq) WHERE (state =
  'waiting'::text);
CREATE INDEX webhook_delivery_newest ON webhook_delivery USING btree (webhook_id, id DESC);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery USING btree (created_at) WHERE (state = 'waiting'::text);

CREATE TABLE work_failure (
  kind text NOT NULL,
  item_id text NOT NULL,
  payload text,
  failures integer NOT NULL,
  failed_at timestamp with time zone NOT NULL,
  retry_at timestamp with time zone,
  last_error text NOT NULL,
  sealed_payload text,
  last_fault text[],
  CONSTRAINT work_failure_pkey PRIMARY KEY (kind, item_id),
  CONSTRAINT work_failure_counted CHECK (failures >= 0)
);
CREATE INDEX work_failure_due ON work_failure USING btree (kind, retry_at, item_id) WHERE (retry_at IS NOT NULL);
CREATE INDEX work_failure_listed ON work_failure USING btree (COALESCE(retry_at, '-infinity'::timestamp with time zone),
  kind, item_id);
CREATE TRIGGER work_failure_added_to_count AFTER INSERT ON work_failure REFERENCING NEW TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION count_work_failures();
CREATE TRIGGER work_failure_parked_in_count AFTER UPDATE OF retry_at ON work_failure FOR EACH ROW WHEN ((old.retry_at IS
  NULL) <> (new.retry_at IS NULL)) EXECUTE FUNCTION count_parked_work();
CREATE TRIGGER work_failure_taken_from_count AFTER DELETE ON work_failure REFERENCING OLD TABLE AS changed FOR EACH
  STATEMENT EXECUTE FUNCTION count_work_failures();
