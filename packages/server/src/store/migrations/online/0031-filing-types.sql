-- As 0031, in steps that hold no lock for long. What is unique by the former indexes is by the new ones, too.

-- step
ALTER TABLE filing
  ADD COLUMN holds_place boolean NOT NULL DEFAULT true,
  ADD COLUMN slot text NOT NULL DEFAULT 'any_filing';
-- step
ALTER TABLE filing DROP CONSTRAINT filing_submitted_spends;
ALTER TABLE filing ADD CONSTRAINT filing_submitted_spends CHECK (
  state IN ('draft', 'returned', 'sms_failed', 'rejected', 'abandoned')
  OR code_id IS NOT NULL OR spend_id IS NOT NULL OR NOT holds_place) NOT VALID;
-- step
ALTER TABLE filing VALIDATE CONSTRAINT filing_submitted_spends;
-- step
DROP TRIGGER filing_filed_on_spend ON filing;
CREATE TRIGGER filing_filed_on_spend BEFORE INSERT ON filing FOR EACH ROW
  WHEN (NEW.state = 'filed' AND NEW.code_id IS NULL AND NEW.holds_place) EXECUTE FUNCTION require_spend_of_filed();
DROP TRIGGER filing_becomes_filed_on_spend ON filing;
CREATE TRIGGER filing_becomes_filed_on_spend BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (NEW.state = 'filed' AND NEW.code_id IS NULL AND NEW.holds_place
        AND (OLD.state <> 'filed' OR OLD.code_id IS NOT NULL OR NEW.spend_id IS DISTINCT FROM OLD.spend_id))
  EXECUTE FUNCTION require_spend_of_filed();
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_open_per_name_next ON filing (account_id, domain_name)
  WHERE state NOT IN ('filed', 'abandoned') AND domain_name <> '';
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_open_per_name;
-- step
ALTER INDEX filing_one_open_per_name_next RENAME TO filing_one_open_per_name;
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_held_per_name_next ON filing (domain_name)
  WHERE state NOT IN ('filed', 'abandoned') AND set_aside_at IS NULL AND (state <> 'draft' OR name_proven_at IS NOT NULL)
    AND domain_name <> '';
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_held_per_name;
-- step
ALTER INDEX filing_one_held_per_name_next RENAME TO filing_one_held_per_name;
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_open_per_subject_next ON filing (account_id, subject_hash, slot)
  WHERE state NOT IN ('filed', 'abandoned');
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_open_per_subject;
-- step
ALTER INDEX filing_one_open_per_subject_next RENAME TO filing_one_open_per_subject;
-- step index
CREATE INDEX CONCURRENTLY filing_held_by_subject ON filing (subject_hash)
  WHERE state NOT IN ('filed', 'abandoned') AND set_aside_at IS NULL AND (state <> 'draft' OR subject_given_at IS NOT NULL);
-- step
CREATE FUNCTION refuse_subject_of_other() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname = 'refuse_subject_of_other'
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
CREATE TRIGGER filing_held_from_start BEFORE INSERT ON filing FOR EACH ROW
  WHEN (NEW.state NOT IN ('filed', 'abandoned') AND NEW.set_aside_at IS NULL
        AND (NEW.state <> 'draft' OR NEW.subject_given_at IS NOT NULL))
  EXECUTE FUNCTION refuse_subject_of_other();
CREATE TRIGGER filing_held_from_now BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (NEW.state NOT IN ('filed', 'abandoned') AND NEW.set_aside_at IS NULL
        AND (NEW.state <> 'draft' OR NEW.subject_given_at IS NOT NULL)
        AND (OLD.set_aside_at IS NOT NULL OR OLD.state IN ('filed', 'abandoned')
             OR (OLD.state = 'draft' AND OLD.subject_given_at IS NULL)
             OR OLD.subject_hash <> NEW.subject_hash OR OLD.account_id <> NEW.account_id))
  EXECUTE FUNCTION refuse_subject_of_other();
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_held_per_subject;
-- step index
CREATE INDEX CONCURRENTLY filing_filed_by_subject_number ON filing (subject_number, started_at DESC, id DESC) WHERE state = 'filed';
-- step index
CREATE INDEX CONCURRENTLY filing_filed_by_service_number ON filing (service_number, started_at DESC, id DESC) WHERE state = 'filed';

-- step
-- The provider or the authority wants something on record put right (核查整改).
CREATE TABLE correction_demand (
  id text PRIMARY KEY,
  service_number text NOT NULL,
  demanded_by text NOT NULL CHECK (demanded_by IN ('provider', 'authority')),
  findings jsonb NOT NULL,
  -- No text says how long an authority gives; null: nobody said.
  due_on date,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  ended_at timestamptz,
  ending text CHECK (ending IN ('corrected', 'withdrawn')),
  CONSTRAINT correction_demand_ended_whole CHECK ((ended_at IS NULL) = (ending IS NULL))
);
CREATE UNIQUE INDEX correction_demand_one_open ON correction_demand (service_number) WHERE ended_at IS NULL;
CREATE INDEX correction_demand_by_id ON correction_demand (id DESC) WHERE ended_at IS NULL;

-- Records of an organiser change hands between accounts when both have shown to be it (认领, 迁移).
CREATE TABLE account_move (
  id text PRIMARY KEY,
  subject_record_id text NOT NULL REFERENCES subject_record (id),
  subject_number text NOT NULL,
  from_account_id text NOT NULL REFERENCES account (id),
  to_account_id text NOT NULL REFERENCES account (id),
  begun_by text NOT NULL CHECK (begun_by IN ('holder', 'claimant')),
  begun_at timestamptz NOT NULL,
  -- From then on nobody confirms it any more.
  until timestamptz NOT NULL,
  ended_at timestamptz,
  ending text CHECK (ending IN ('moved', 'refused', 'withdrawn')),
  CONSTRAINT account_move_ended_whole CHECK ((ended_at IS NULL) = (ending IS NULL)),
  CONSTRAINT account_move_between_two CHECK (from_account_id <> to_account_id)
);
CREATE INDEX account_move_from ON account_move (from_account_id, id DESC);
CREATE INDEX account_move_to ON account_move (to_account_id, id DESC);
CREATE INDEX account_move_of_subject ON account_move (subject_record_id) WHERE ended_at IS NULL;
