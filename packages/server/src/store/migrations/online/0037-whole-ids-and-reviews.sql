-- As 0037, in steps that hold no lock for long.

-- step
CREATE FUNCTION six_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(t, i, 6)), '{}') FROM lower($1) AS t, generate_series(1, length(t) - 5) AS i
$$;
-- step index
CREATE INDEX CONCURRENTLY account_by_sixes ON account USING gin (six_grams(id || ' ' || display_name));
-- step index
CREATE INDEX CONCURRENTLY resource_by_sixes ON resource
  USING gin (six_grams(id || ' ' || product || ' ' || account_id || ' ' || coalesce(facts ->> 'region', '')));
-- step index
CREATE INDEX CONCURRENTLY auth_user_by_sixes ON auth_user USING gin (six_grams(username || ' ' || name));
-- step index
CREATE INDEX CONCURRENTLY filing_in_review ON filing (id) WHERE state = 'awaiting_review';
-- step index
CREATE INDEX CONCURRENTLY filing_in_review_by_due ON filing (coalesce(due_at, 'infinity'), id) WHERE state = 'awaiting_review';
-- step index
CREATE INDEX CONCURRENTLY filing_in_review_by_age ON filing (coalesce(state_since, started_at), id) WHERE state = 'awaiting_review';
-- step index
CREATE INDEX CONCURRENTLY notice_unread_of_provider ON notice (id) WHERE account_id IS NULL AND read_at IS NULL;
