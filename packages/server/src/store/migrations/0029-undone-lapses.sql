-- A filing that lapsed can be reopened for a while (keep.undoDays), and what is cleared away by age goes only when the time by
-- which it is old has been known for as long: a clock that was wrong can be set right before anything is lost.

-- What a lapse took, for as long as it can be undone. state, due_at: as before it. kept_code_id: a code that the policy says is
-- spent when its filing is given up; it stays bound until the term is over, since a revoked code stays revoked.
CREATE TABLE filing_lapse (
  filing_id text PRIMARY KEY REFERENCES filing (id),
  lapsed_at timestamptz NOT NULL,
  state text NOT NULL,
  due_at timestamptz,
  -- Direct spends that were given back; undoing it spends in their ledgers again.
  spend_ids text[] NOT NULL,
  kept_code_id text REFERENCES filing_code (id),
  -- By the clock; otherwise an operator closed the filing.
  swept boolean NOT NULL
);
CREATE INDEX filing_lapse_by_time ON filing_lapse (lapsed_at, filing_id);
CREATE INDEX filing_lapse_unfinished ON filing_lapse (lapsed_at, filing_id) WHERE kept_code_id IS NOT NULL;

-- An end is final, but for a lapse: it may lead back to where it came from.
CREATE FUNCTION guard_filing_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'abandoned'
    AND EXISTS (SELECT FROM filing_lapse WHERE filing_id = OLD.id AND filing_lapse.state = NEW.state) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing', CONSTRAINT = TG_NAME,
    MESSAGE = 'filing: a filing that ended stays ended';
END $$;
DROP TRIGGER filing_end_is_final ON filing;
CREATE TRIGGER filing_end_is_final BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (OLD.state IN ('filed', 'abandoned') AND NEW.state <> OLD.state)
  EXECUTE FUNCTION guard_filing_end();

-- Instants, about one a day, at which work was done by a clock that was found right. Rows are old by the newest one that has been
-- known for the whole term.
CREATE TABLE clock_mark (
  at timestamptz PRIMARY KEY
);

-- When the notice went out; NULL: before this was written down. A clock that was ahead sends notices too early.
ALTER TABLE code_warning ADD COLUMN warned_at timestamptz;

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION guard_filing_end() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
