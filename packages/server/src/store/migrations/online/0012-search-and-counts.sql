-- As 0012, in steps that hold no lock for long.

-- step
CREATE FUNCTION search_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_to_array(t, NULL)
    || ARRAY(SELECT substr(t, i, 2) FROM generate_series(1, length(t) - 1) AS i)
  FROM lower($1) AS t
$$;
CREATE FUNCTION asked_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(t, i, 2)), '{}') FROM lower($1) AS t, generate_series(1, greatest(length(t) - 1, 1)) AS i
$$;

-- step index
CREATE INDEX CONCURRENTLY account_search ON account USING gin (search_grams(id || ' ' || display_name));
-- step index
CREATE INDEX CONCURRENTLY resource_search ON resource
  USING gin (search_grams(id || ' ' || product || ' ' || account_id || ' ' || coalesce(facts ->> 'region', '')));
-- step index
CREATE INDEX CONCURRENTLY resource_by_product ON resource ((provider || '/' || product), account_id, id);
-- step index
CREATE INDEX CONCURRENTLY auth_user_search ON auth_user USING gin (search_grams(username || ' ' || name));
-- step index
CREATE INDEX CONCURRENTLY filing_code_search ON filing_code USING gin (search_grams(note)) WHERE note <> '';
-- step index
CREATE INDEX CONCURRENTLY filing_code_by_tail ON filing_code (lower(tail), id);
-- step index
CREATE INDEX CONCURRENTLY subject_record_by_unit_name_next ON subject_record (lower(unit_name));
-- step index
DROP INDEX CONCURRENTLY IF EXISTS subject_record_by_unit_name;
-- step
ALTER INDEX subject_record_by_unit_name_next RENAME TO subject_record_by_unit_name;
-- step index
CREATE INDEX CONCURRENTLY notice_of_provider ON notice (id) WHERE account_id IS NULL;

-- step
CREATE TABLE row_count_change (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The table.
  counted text NOT NULL,
  -- Of filings; empty for the others.
  state text NOT NULL DEFAULT '',
  change bigint NOT NULL
);

CREATE FUNCTION count_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO row_count_change (counted, change)
  SELECT TG_TABLE_NAME, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE FUNCTION count_filings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO row_count_change (counted, state, change) SELECT 'filing', state, count(*) FROM changed GROUP BY state;
  ELSE
    INSERT INTO row_count_change (counted, state, change)
    SELECT 'filing', state, sum(change)
    FROM (SELECT state, -1 AS change FROM former UNION ALL SELECT state, 1 FROM changed) AS moved
    GROUP BY state HAVING sum(change) <> 0;
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname IN ('count_rows', 'count_filings')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;

-- step
CREATE TRIGGER account_added_to_count AFTER INSERT ON account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER account_taken_from_count AFTER DELETE ON account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();

-- step
CREATE TRIGGER service_record_added_to_count AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
CREATE TRIGGER service_record_taken_from_count AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_rows();

-- step
CREATE TRIGGER webhook_added_to_count AFTER INSERT ON webhook REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER webhook_taken_from_count AFTER DELETE ON webhook REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();

-- step
CREATE TRIGGER filing_added_to_count AFTER INSERT ON filing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_filings();
CREATE TRIGGER filing_moved_in_count AFTER UPDATE ON filing REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_filings();

-- What there is, less what the triggers have noted by this very moment.
-- step snapshot
INSERT INTO row_count_change (counted, state, change)
  SELECT counted, state, sum(change) FROM (
    SELECT 'account' AS counted, '' AS state, count(*) AS change FROM account
    UNION ALL SELECT 'service_record', '', count(*) FROM service_record
    UNION ALL SELECT 'webhook', '', count(*) FROM webhook
    UNION ALL SELECT 'filing', state, count(*) FROM filing GROUP BY state
    UNION ALL SELECT counted, state, -change FROM row_count_change
      WHERE counted IN ('account', 'service_record', 'webhook', 'filing')
  ) AS total GROUP BY counted, state HAVING sum(change) <> 0;
