-- As 0013, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY filing_code_open ON filing_code (id)
  WHERE bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL;
-- step index
CREATE INDEX CONCURRENTLY filing_code_bound ON filing_code (id)
  WHERE bound_filing_id IS NOT NULL AND used_at IS NULL AND revoked_at IS NULL;
-- step index
CREATE INDEX CONCURRENTLY filing_code_used ON filing_code (id) WHERE used_at IS NOT NULL AND revoked_at IS NULL;
-- step index
CREATE INDEX CONCURRENTLY filing_code_revoked ON filing_code (id) WHERE revoked_at IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY filing_by_due ON filing (coalesce(due_at, 'infinity'), id);
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_open_due;
-- step
CREATE OR REPLACE FUNCTION search_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_to_array(t, NULL)
    || ARRAY(SELECT substr(t, i, 2) FROM generate_series(1, length(t) - 1) AS i)
  FROM lower($1) AS t
$$;
