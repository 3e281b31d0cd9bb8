-- What gates know, name by name, and every change of it in one order. The triggers so far counted statements; these
-- write down what became of each name that a statement touched, and count that.

-- Since when a service stands as it does; null where only the database's own hand was in it.
ALTER TABLE service_record ADD COLUMN state_since timestamptz;
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

-- A website's record covers what is below its name, an APP's is for exactly its name: each name has up to two entries.
-- `record` is what model/gate calls a GateRecord.
CREATE TABLE gate_entry (
  name text COLLATE "C" NOT NULL,
  exact boolean NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (name, exact)
);
-- Gate by gate read from here on: sequence without gaps. `mark` names the history up to here, so that a database restored
-- from a backup, which counts through the same numbers again, is not taken for the same. `tx`: what came in one transaction
-- is read in one piece.
CREATE TABLE gate_log (
  sequence bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  exact boolean NOT NULL,
  record jsonb,
  mark text NOT NULL,
  tx bigint NOT NULL
);
ALTER TABLE gate_change ADD COLUMN mark text NOT NULL DEFAULT '';
CREATE TRIGGER gate_log_is_kept BEFORE UPDATE ON gate_log FOR EACH ROW
  EXECUTE FUNCTION refuse_write('what gates were told is not altered');

-- The names as they stand. Where several records name one, a standing one speaks for it, then the latest.
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

INSERT INTO gate_entry (name, exact, record)
  SELECT name, exact, record FROM gate_view((SELECT array_agg(domain_name) FROM
    (SELECT domain_name FROM service_record UNION SELECT domain_name FROM grace) AS known));

-- The one row of gate_change is taken before any row of a record, until the transaction ends: what another one is changing
-- of the same name is seen whole or comes after, sequences become visible in their order and without a gap, and nobody
-- waits for it with a record in hand.
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

CREATE FUNCTION log_gate_changes(names text[], latest timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  before bigint;
  history text;
BEGIN
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
  -- Who is further behind takes a whole snapshot.
  DELETE FROM gate_log WHERE sequence <= (SELECT version FROM gate_change) - 100000;
END $$;

-- TG_ARGV: which names were touched, and the column that says when (only the application knows the clock).
CREATE FUNCTION tell_gates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names text[];
  latest timestamptz;
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT name) FROM (%s) AS touched (name)', TG_ARGV[0]) INTO names;
  IF names IS NOT NULL THEN
    EXECUTE format('SELECT max(%I) FROM changed', TG_ARGV[1]) INTO latest;
    PERFORM log_gate_changes(names, latest);
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER subject_record_added_for_gate ON subject_record;
DROP TRIGGER subject_record_changed_for_gate ON subject_record;
DROP TRIGGER subject_record_removed_for_gate ON subject_record;
DROP TRIGGER service_record_added_for_gate ON service_record;
DROP TRIGGER service_record_changed_for_gate ON service_record;
DROP TRIGGER service_record_removed_for_gate ON service_record;
DROP TRIGGER access_added_for_gate ON access;
DROP TRIGGER access_changed_for_gate ON access;
DROP TRIGGER access_removed_for_gate ON access;
DROP TRIGGER grace_added_for_gate ON grace;
DROP TRIGGER grace_changed_for_gate ON grace;
DROP TRIGGER grace_removed_for_gate ON grace;
DROP FUNCTION count_gate_change();

CREATE TRIGGER service_record_added_for_gate AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_gates('SELECT domain_name FROM changed', 'recorded_at');
CREATE TRIGGER service_record_changed_for_gate AFTER UPDATE ON service_record
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION tell_gates('SELECT domain_name FROM was UNION SELECT domain_name FROM changed', 'moved_at');
CREATE TRIGGER service_record_removed_for_gate AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_gates('SELECT domain_name FROM changed', 'recorded_at');
CREATE TRIGGER access_added_for_gate AFTER INSERT ON access REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION tell_gates(
    'SELECT s.domain_name FROM changed c JOIN service_record s ON s.id = c.service_record_id', 'started_at');
CREATE TRIGGER access_changed_for_gate AFTER UPDATE ON access REFERENCING OLD TABLE AS was NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_gates(
    'SELECT s.domain_name FROM (SELECT service_record_id FROM was UNION SELECT service_record_id FROM changed) c
     JOIN service_record s ON s.id = c.service_record_id', 'moved_at');
CREATE TRIGGER access_removed_for_gate AFTER DELETE ON access REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION tell_gates(
    'SELECT s.domain_name FROM changed c JOIN service_record s ON s.id = c.service_record_id', 'started_at');
CREATE TRIGGER grace_added_for_gate AFTER INSERT ON grace REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_gates('SELECT domain_name FROM changed', 'changed_at');
CREATE TRIGGER grace_changed_for_gate AFTER UPDATE ON grace REFERENCING OLD TABLE AS was NEW TABLE AS changed
  FOR EACH STATEMENT
  EXECUTE FUNCTION tell_gates('SELECT domain_name FROM was UNION SELECT domain_name FROM changed', 'changed_at');
CREATE TRIGGER grace_removed_for_gate AFTER DELETE ON grace REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_gates('SELECT domain_name FROM changed', 'changed_at');
