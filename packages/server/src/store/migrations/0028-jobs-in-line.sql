-- In a transaction of its own: the jobs that wait already are put in line while others read and write the table.
UPDATE job SET made_at = run_at, line = coalesce(
    (SELECT province_code FROM filing WHERE filing.id = job.payload->>'filingId'), ''),
  parked = EXISTS (
    SELECT FROM work_failure WHERE kind = 'forward' AND item_id = job.id AND work_failure.retry_at IS NULL)
  WHERE made_at IS NULL;

CREATE INDEX job_in_line ON job (line, run_at, id) WHERE NOT parked;
CREATE INDEX job_under_way ON job (line, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX job_unanswered ON job (line) WHERE unanswered AND NOT parked;
CREATE INDEX job_by_age ON job (topic, made_at);
