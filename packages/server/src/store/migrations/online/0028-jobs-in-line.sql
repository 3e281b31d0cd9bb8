-- As 0028, batch by batch.

-- step batches
WITH page AS (
  SELECT id FROM job WHERE id > coalesce($1, '') ORDER BY id LIMIT 1000
), done AS (
  UPDATE job SET made_at = run_at, line = coalesce(
      (SELECT province_code FROM filing WHERE filing.id = job.payload->>'filingId'), ''),
    parked = EXISTS (
      SELECT FROM work_failure WHERE kind = 'forward' AND item_id = job.id AND work_failure.retry_at IS NULL)
  FROM page WHERE job.id = page.id AND made_at IS NULL
)
SELECT max(id) AS next, count(*)::int AS rows FROM page;

-- step index
CREATE INDEX CONCURRENTLY job_in_line ON job (line, run_at, id) WHERE NOT parked;
-- step index
CREATE INDEX CONCURRENTLY job_under_way ON job (line, lease_until) WHERE lease_until IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY job_unanswered ON job (line) WHERE unanswered AND NOT parked;
-- step index
CREATE INDEX CONCURRENTLY job_by_age ON job (topic, made_at);
