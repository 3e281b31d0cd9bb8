-- Hand-overs stand in lines, one for each province, so that an authority that hangs holds up its own line only.
-- `unanswered`: an attempt was begun of which nobody knows what became of it; where a line goes in turn, the others wait for it.
-- `parked`: as its failure says (work_failure), so that no look for what is due reads it.
ALTER TABLE job
  ADD COLUMN line text NOT NULL DEFAULT '',
  ADD COLUMN made_at timestamptz,
  ADD COLUMN unanswered boolean NOT NULL DEFAULT false,
  ADD COLUMN parked boolean NOT NULL DEFAULT false;

-- Here, and not by who writes the job, so that those of a release before this one stand in a line too.
CREATE FUNCTION set_job_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.line := coalesce((SELECT province_code FROM filing WHERE filing.id = NEW.payload->>'filingId'), '');
  NEW.made_at := NEW.run_at;
  RETURN NEW;
END $$;
CREATE TRIGGER job_stands_in_line BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION set_job_line();

DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname = 'set_job_line'
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
