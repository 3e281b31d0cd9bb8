-- The authority's standing records (备案), which outlive the filings that led to them.
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
  CONSTRAINT subject_record_individuals_sealed CHECK (subject_kind <> 'individual' OR unit_name IS NULL)
);
CREATE INDEX subject_record_by_hash ON subject_record (subject_hash);
CREATE INDEX subject_record_by_account ON subject_record (account_id);
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
  recorded_at timestamptz NOT NULL
);
CREATE INDEX service_record_by_subject ON service_record (subject_record_id, id);
CREATE INDEX service_record_by_domain_name ON service_record (domain_name);
CREATE INDEX service_record_by_lower_domain_name ON service_record (lower(domain_name));
CREATE INDEX service_record_by_lower_number ON service_record (lower(number));

-- A record's tie to a provider and a resource (接入); ended_at: the tie was cut.
CREATE TABLE access (
  id text PRIMARY KEY,
  service_record_id text NOT NULL REFERENCES service_record (id),
  provider text NOT NULL,
  resource_id text REFERENCES resource (id),
  filing_id text REFERENCES filing (id),
  started_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX access_one_live ON access (service_record_id, provider, resource_id) NULLS NOT DISTINCT
  WHERE ended_at IS NULL;

-- An access filing that passed initial review: its name may be served until this day, record here or not.
CREATE TABLE grace (
  filing_id text PRIMARY KEY REFERENCES filing (id),
  domain_name text NOT NULL,
  number text NOT NULL,
  until date,
  changed_at timestamptz NOT NULL
);
CREATE INDEX grace_by_domain_name ON grace (domain_name) WHERE until IS NOT NULL;

-- What the gate must know of, counted. The one row is locked by the first change of a transaction until its end, so
-- versions become visible in their order: whoever reads version n sees every change up to n, and none is missed.
CREATE TABLE gate_change (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL CHECK (version >= 0),
  changed_at timestamptz NOT NULL
);
INSERT INTO gate_change (version, changed_at) VALUES (0, '1970-01-01T00:00:00Z');
CREATE TRIGGER gate_change_is_kept BEFORE DELETE ON gate_change FOR EACH ROW
  EXECUTE FUNCTION refuse_write('the version is kept');
CREATE TRIGGER gate_change_only_rises BEFORE UPDATE ON gate_change FOR EACH ROW WHEN (NEW.version <= OLD.version)
  EXECUTE FUNCTION refuse_write('the version only rises');

-- TG_ARGV[0] is the column that says when; the instant comes with the row, since only the application knows the clock.
CREATE FUNCTION count_gate_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  latest timestamptz;
BEGIN
  EXECUTE format('SELECT max(%I) FROM changed', TG_ARGV[0]) INTO latest;
  IF latest IS NOT NULL THEN
    UPDATE gate_change SET version = version + 1, changed_at = greatest(changed_at, latest);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER subject_record_added_for_gate AFTER INSERT ON subject_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('recorded_at');
CREATE TRIGGER subject_record_changed_for_gate AFTER UPDATE ON subject_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('recorded_at');
CREATE TRIGGER subject_record_removed_for_gate AFTER DELETE ON subject_record REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('recorded_at');
CREATE TRIGGER service_record_added_for_gate AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('recorded_at');
CREATE TRIGGER service_record_changed_for_gate AFTER UPDATE ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('recorded_at');
CREATE TRIGGER service_record_removed_for_gate AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('recorded_at');
CREATE TRIGGER access_added_for_gate AFTER INSERT ON access REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('started_at');
CREATE TRIGGER access_changed_for_gate AFTER UPDATE ON access REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('started_at');
CREATE TRIGGER access_removed_for_gate AFTER DELETE ON access REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('started_at');
CREATE TRIGGER grace_added_for_gate AFTER INSERT ON grace REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('changed_at');
CREATE TRIGGER grace_changed_for_gate AFTER UPDATE ON grace REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('changed_at');
CREATE TRIGGER grace_removed_for_gate AFTER DELETE ON grace REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('changed_at');
