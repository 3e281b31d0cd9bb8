-- Since when a record is in its state, where it is older than that column and what it holds says it. Of one that was suspended or
-- blacklisted directly in the database nobody knows.
UPDATE service_record SET state_since = CASE WHEN state = 'filed' THEN recorded_at ELSE cancelled_at END
  WHERE state_since IS NULL AND (state = 'filed' OR (state = 'cancelled' AND cancelled_at IS NOT NULL));
