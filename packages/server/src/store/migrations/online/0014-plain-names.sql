-- As 0014, one table after the other: each lock is held for a moment.

-- step
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE code_clock RENAME COLUMN told_suspended TO suspension_notified;

-- step
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE webhook RENAME COLUMN dead_in_row TO consecutive_dead_deliveries;
ALTER TABLE webhook RENAME CONSTRAINT webhook_dead_in_row_check TO webhook_consecutive_dead_deliveries_check;
ALTER TABLE webhook RENAME CONSTRAINT webhook_pause_whole TO webhook_pause_both_or_neither;
ALTER TABLE webhook RENAME CONSTRAINT webhook_previous_secret_whole TO webhook_previous_secret_both_or_neither;

-- step
ALTER TABLE webhook_delivery RENAME CONSTRAINT webhook_delivery_lease_whole TO webhook_delivery_lease_both_or_neither;

-- step
ALTER TABLE job RENAME CONSTRAINT job_lease_whole TO job_lease_both_or_neither;

-- step
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE audit_seal RENAME COLUMN row_marks TO row_digests;
ALTER TABLE audit_seal RENAME CONSTRAINT audit_seal_marks TO audit_seal_row_digests_length;

-- step
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE gate_change RENAME COLUMN mark TO history_digest;
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE gate_log RENAME COLUMN mark TO history_digest;
CREATE OR REPLACE FUNCTION log_gate_changes(names text[], latest timestamptz) RETURNS void LANGUAGE plpgsql AS $$
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
END $$;
CREATE OR REPLACE FUNCTION gate_view(names text[]) RETURNS TABLE (name text, exact boolean, record jsonb) LANGUAGE sql STABLE AS $$
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
$$;

-- step
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE filing_code RENAME COLUMN live_for TO live_holder;
-- locks: held for a moment; servers from before 0014 stop here, as they did with it
ALTER TABLE quota_spend RENAME COLUMN live_for TO live_holder;
ALTER TABLE quota_spend RENAME CONSTRAINT quota_spend_live TO quota_spend_live_holder;
ALTER TABLE filing_code RENAME CONSTRAINT filing_code_stands_on_spend TO filing_code_has_live_spend;
ALTER TRIGGER filing_code_change_is_told ON filing_code RENAME TO filing_code_change_recorded;
ALTER TRIGGER filing_code_issue_is_told ON filing_code RENAME TO filing_code_issue_recorded;
CREATE OR REPLACE FUNCTION require_spend_of_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_holder = NEW.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing', CONSTRAINT = 'filing_filed_on_spend',
      MESSAGE = 'filing: it becomes filed on a live place of its own only';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION require_spend_of_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_holder = 'code') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing_code', CONSTRAINT = TG_NAME,
      MESSAGE = 'filing_code: it becomes used on a live place of its own only';
  END IF;
  RETURN NEW;
END $$;
-- CREATE OR REPLACE forgets it: see the end of 0001.
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname IN ('require_spend_of_filed', 'require_spend_of_used')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;

-- step
ALTER TRIGGER resource_change_moves_the_clock ON resource RENAME TO resource_change_marks_clock;
ALTER TRIGGER resource_is_new_to_the_clock ON resource RENAME TO resource_insert_marks_clock;

-- step
ALTER FUNCTION hold_gate_change() RENAME TO lock_gate_change;

-- step
ALTER TRIGGER access_held ON access RENAME TO access_locks_gate_change;

-- step
ALTER TRIGGER grace_held ON grace RENAME TO grace_locks_gate_change;

-- step
ALTER TRIGGER subject_record_held ON subject_record RENAME TO subject_record_locks_gate_change;

-- step
ALTER FUNCTION date_service_state() RENAME TO set_service_state_since;
ALTER TRIGGER service_record_held ON service_record RENAME TO service_record_locks_gate_change;
ALTER TRIGGER service_record_state_dated ON service_record RENAME TO service_record_state_since_set;
