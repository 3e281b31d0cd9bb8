-- Searches by a part of a text find their rows by an index, and totals are kept instead of counted.

-- What a text is found by: each of its characters and each two that follow one another, in lower case. Of our own, since
-- trigram extensions find no words of one or two characters, as Chinese ones are, and depend on the database's locale.
CREATE FUNCTION search_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(t, i, n)), '{}')
  FROM lower($1) AS t, generate_series(1, 2) AS n, generate_series(1, length(t) - n + 1) AS i
$$;
-- What a text must have that holds the search: its pairs, or its one character.
CREATE FUNCTION asked_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(t, i, 2)), '{}') FROM lower($1) AS t, generate_series(1, greatest(length(t) - 1, 1)) AS i
$$;

CREATE INDEX account_search ON account USING gin (search_grams(id || ' ' || display_name));
CREATE INDEX resource_search ON resource
  USING gin (search_grams(id || ' ' || product || ' ' || account_id || ' ' || coalesce(facts ->> 'region', '')));
CREATE INDEX resource_by_product ON resource ((provider || '/' || product), account_id, id);
CREATE INDEX auth_user_search ON auth_user USING gin (search_grams(username || ' ' || name));
-- Most codes have no note.
CREATE INDEX filing_code_search ON filing_code USING gin (search_grams(note)) WHERE note <> '';
CREATE INDEX filing_code_by_tail ON filing_code (lower(tail), id);

-- The statistics of a partial index of an expression are not used to estimate how many rows a name has.
DROP INDEX subject_record_by_unit_name;
CREATE INDEX subject_record_by_unit_name ON subject_record (lower(unit_name));

-- Those of the provider, whose account is NULL: an index in which NULL is one value among others gives no order behind it.
CREATE INDEX notice_of_provider ON notice (id) WHERE account_id IS NULL;

-- Totals: each change of a number of rows, folded into fewer by the worker. Adding rows waits for nobody, where one row for
-- each total would let everybody wait who changes it.
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

CREATE TRIGGER account_added_to_count AFTER INSERT ON account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER account_taken_from_count AFTER DELETE ON account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER service_record_added_to_count AFTER INSERT ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
CREATE TRIGGER service_record_taken_from_count AFTER DELETE ON service_record REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
CREATE TRIGGER webhook_added_to_count AFTER INSERT ON webhook REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
CREATE TRIGGER webhook_taken_from_count AFTER DELETE ON webhook REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_rows();
-- Filings are never deleted.
CREATE TRIGGER filing_added_to_count AFTER INSERT ON filing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION count_filings();
CREATE TRIGGER filing_moved_in_count AFTER UPDATE ON filing REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_filings();

INSERT INTO row_count_change (counted, state, change)
  SELECT 'account', '', count(*) FROM account HAVING count(*) > 0
  UNION ALL SELECT 'service_record', '', count(*) FROM service_record HAVING count(*) > 0
  UNION ALL SELECT 'webhook', '', count(*) FROM webhook HAVING count(*) > 0
  UNION ALL SELECT 'filing', state, count(*) FROM filing GROUP BY state;

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
