-- Lists over all accounts: codes of one state, the newest first, and filings by due date, in whatever state they are.
CREATE INDEX filing_code_open ON filing_code (id)
  WHERE bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX filing_code_bound ON filing_code (id)
  WHERE bound_filing_id IS NOT NULL AND used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX filing_code_used ON filing_code (id) WHERE used_at IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX filing_code_revoked ON filing_code (id) WHERE revoked_at IS NOT NULL;

DROP INDEX filing_open_due;
CREATE INDEX filing_by_due ON filing (coalesce(due_at, 'infinity'), id);

-- As before, at half the cost: what is found stays the same, so the indexes over it do too.
CREATE OR REPLACE FUNCTION search_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_to_array(t, NULL)
    || ARRAY(SELECT substr(t, i, 2) FROM generate_series(1, length(t) - 1) AS i)
  FROM lower($1) AS t
$$;
