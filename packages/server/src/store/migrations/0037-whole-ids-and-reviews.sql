-- Ids have their pairs of characters in common, digits most of all; few have the same six. What is asked for with six characters or more
-- is found by these; the others as before.
CREATE FUNCTION six_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(t, i, 6)), '{}') FROM lower($1) AS t, generate_series(1, length(t) - 5) AS i
$$;
CREATE INDEX account_by_sixes ON account USING gin (six_grams(id || ' ' || display_name));
CREATE INDEX resource_by_sixes ON resource
  USING gin (six_grams(id || ' ' || product || ' ' || account_id || ' ' || coalesce(facts ->> 'region', '')));
CREATE INDEX auth_user_by_sixes ON auth_user USING gin (six_grams(username || ' ' || name));

-- The few that wait for a reviewer, among all there ever were: to count them, and in both orders.
CREATE INDEX filing_in_review ON filing (id) WHERE state = 'awaiting_review';
CREATE INDEX filing_in_review_by_due ON filing (coalesce(due_at, 'infinity'), id) WHERE state = 'awaiting_review';
CREATE INDEX filing_in_review_by_age ON filing (coalesce(state_since, started_at), id) WHERE state = 'awaiting_review';

-- The provider's of which few are unread, newest first.
CREATE INDEX notice_unread_of_provider ON notice (id) WHERE account_id IS NULL AND read_at IS NULL;
