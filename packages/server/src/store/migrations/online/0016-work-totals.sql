-- As 0016, in steps that hold no lock for long.

-- step
CREATE FUNCTION count_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO row_count_change (counted, state, change)
  SELECT counted, topic, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM changed, LATERAL (VALUES ('job', true), ('job_failing', last_error IS NOT NULL)) AS kind (counted, holds)
  WHERE holds GROUP BY counted, topic;
  RETURN NULL;
END $$;
CREATE FUNCTION count_failing_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO row_count_change (counted, state, change)
  VALUES ('job_failing', NEW.topic, CASE WHEN NEW.last_error IS NULL THEN -1 ELSE 1 END);
  RETURN NULL;
END $$;
CREATE FUNCTION count_work_failures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO row_count_change (counted, change)
  SELECT counted, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM changed, LATERAL (VALUES ('work_failure', true), ('work_failure_parked', retry_at IS NULL)) AS kind (counted, holds)
  WHERE holds GROUP BY counted;
  RETURN NULL;
END $$;
CREATE FUNCTION count_parked_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO row_count_change (counted, change)
  VALUES ('work_failure_parked', CASE WHEN NEW.retry_at IS NULL THEN 1 ELSE -1 END);
  RETURN NULL;
END $$;
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname IN ('count_jobs', 'count_failing_job', 'count_work_failures', 'count_parked_work')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;

-- step
CREATE TRIGGER job_added_to_count AFTER INSERT ON job REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_jobs();
CREATE TRIGGER job_taken_from_count AFTER DELETE ON job REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_jobs();
CREATE TRIGGER job_failing_in_count AFTER UPDATE OF last_error ON job FOR EACH ROW
  WHEN ((OLD.last_error IS NULL) <> (NEW.last_error IS NULL)) EXECUTE FUNCTION count_failing_job();

-- step
CREATE TRIGGER work_failure_added_to_count AFTER INSERT ON work_failure REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_work_failures();
CREATE TRIGGER work_failure_taken_from_count AFTER DELETE ON work_failure REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_work_failures();
CREATE TRIGGER work_failure_parked_in_count AFTER UPDATE OF retry_at ON work_failure FOR EACH ROW
  WHEN ((OLD.retry_at IS NULL) <> (NEW.retry_at IS NULL)) EXECUTE FUNCTION count_parked_work();

-- What there is, less what the triggers have noted by this very moment.
-- step snapshot
INSERT INTO row_count_change (counted, state, change)
  SELECT counted, state, sum(change) FROM (
    SELECT 'job' AS counted, topic AS state, count(*) AS change FROM job GROUP BY topic
    UNION ALL SELECT 'job_failing', topic, count(*) FROM job WHERE last_error IS NOT NULL GROUP BY topic
    UNION ALL SELECT 'work_failure', '', count(*) FROM work_failure
    UNION ALL SELECT 'work_failure_parked', '', count(*) FROM work_failure WHERE retry_at IS NULL
    UNION ALL SELECT counted, state, -change FROM row_count_change
      WHERE counted IN ('job', 'job_failing', 'work_failure', 'work_failure_parked')
  ) AS total GROUP BY counted, state HAVING sum(change) <> 0;
