-- What happened on each day in Shanghai, so that nobody counts the rows themselves: filings that came into a state, what happened to
-- codes, and how gates decided. From now on; what happened before is not counted.
CREATE TABLE day_tally (
  topic text NOT NULL CONSTRAINT day_tally_topic_known CHECK (topic IN ('filing', 'code', 'gate')),
  day date NOT NULL,
  -- The state, the type of the event, or outcome and reason.
  name text NOT NULL,
  -- Of filings; empty for the others.
  province_code text NOT NULL DEFAULT '',
  kind text NOT NULL DEFAULT '',
  count bigint NOT NULL,
  CONSTRAINT day_tally_pkey PRIMARY KEY (topic, day, name, province_code, kind)
);

CREATE FUNCTION tally_filing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_tally AS known (topic, day, name, province_code, kind, count)
  VALUES ('filing', (coalesce(NEW.state_since, NEW.updated_at) AT TIME ZONE 'Asia/Shanghai')::date, NEW.state,
    NEW.province_code, NEW.kind, 1)
  ON CONFLICT (topic, day, name, province_code, kind) DO UPDATE SET count = known.count + 1;
  RETURN NULL;
END $$;
-- At the end of the transaction, so that those of others wait for this row no longer than it takes to commit.
CREATE CONSTRAINT TRIGGER filing_added_to_tally AFTER INSERT ON filing DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tally_filing();
CREATE CONSTRAINT TRIGGER filing_moved_in_tally AFTER UPDATE ON filing DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION tally_filing();

DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname = 'tally_filing'
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
