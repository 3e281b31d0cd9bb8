-- As 0033, batch by batch.

-- step batches
WITH page AS (
  SELECT id FROM service_record WHERE id > coalesce($1, '') ORDER BY id LIMIT 100
), done AS (
  UPDATE service_record SET state_since = CASE WHEN state = 'filed' THEN recorded_at ELSE cancelled_at END
  FROM page WHERE service_record.id = page.id
    AND state_since IS NULL AND (state = 'filed' OR (state = 'cancelled' AND cancelled_at IS NOT NULL))
)
SELECT max(id) AS next, count(*)::int AS rows FROM page;
