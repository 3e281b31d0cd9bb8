-- Days of the audit that were cleared away by policy. Their seals stay, so that the chain goes on being proven; the clearing says
-- what was there, itself under a key that the database does not hold, and stands in the audit as well. Whoever deletes rows past
-- this leaves no such row, or one that does not verify.
CREATE TABLE audit_clearing (
  day date PRIMARY KEY,
  -- No foreign keys: nothing of the seals is ever deleted.
  first_seal integer NOT NULL,
  last_seal integer NOT NULL,
  row_count integer NOT NULL CHECK (row_count > 0),
  -- SHA-256 over the seals of the day and this row's own columns.
  digest text NOT NULL,
  sealed_digest text NOT NULL,
  -- The audit row that says so. No foreign key: its day is cleared, too, when its time comes.
  audit_id text NOT NULL,
  keep_days integer NOT NULL,
  decided_at timestamptz NOT NULL,
  -- The seal up to which the rows are gone; NULL before the first batch.
  cleared_to integer,
  CONSTRAINT audit_clearing_seals CHECK (first_seal <= last_seal AND cleared_to BETWEEN first_seal AND last_seal),
  -- No six months have more days: what the Cybersecurity Law, article 21, asks for at least.
  CONSTRAINT audit_clearing_six_months CHECK (keep_days >= 184),
  CONSTRAINT audit_clearing_of_old_days CHECK (day + keep_days < (decided_at AT TIME ZONE 'Asia/Shanghai')::date)
);
-- By the database's own clock as well: a worker whose clock is years ahead clears nothing that is younger.
CREATE FUNCTION refuse_early_clearing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.day + 184 < (now() AT TIME ZONE 'Asia/Shanghai')::date THEN RETURN NEW; END IF;
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = 'audit_clearing: the audit is kept for six months at least';
END $$;
CREATE TRIGGER audit_clearing_is_late BEFORE INSERT ON audit_clearing FOR EACH ROW
  EXECUTE FUNCTION refuse_early_clearing();
-- Only how far it has come, and the keys' rotation.
CREATE TRIGGER audit_clearing_is_kept BEFORE DELETE OR UPDATE OF
  day, first_seal, last_seal, row_count, digest, audit_id, keep_days, decided_at ON audit_clearing FOR EACH ROW
  EXECUTE FUNCTION refuse_write('clearings of the audit are only added');
CREATE TRIGGER audit_clearing_is_not_emptied BEFORE TRUNCATE ON audit_clearing FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('clearings of the audit are only added');

-- Rows of a day that is being cleared may go; all others stay refused.
CREATE FUNCTION refuse_audit_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT FROM audit_clearing
    WHERE day = (OLD.at AT TIME ZONE 'Asia/Shanghai')::date AND cleared_to IS DISTINCT FROM last_seal)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = 'audit: audit rows are only added, and go only with the clearing of their day';
END $$;
DROP TRIGGER audit_is_append_only ON audit;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_write();

ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check CHECK (
  kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals', 'people', 'totp', 'contests',
    'clearings'));

DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname IN ('refuse_early_clearing', 'refuse_audit_write')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
