-- Pages of the work that failed: parked items first.
CREATE INDEX work_failure_listed ON work_failure (coalesce(retry_at, '-infinity'), kind, item_id);
