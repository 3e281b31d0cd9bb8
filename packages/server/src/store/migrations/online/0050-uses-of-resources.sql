-- As 0050, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY filing_open_of_resource ON filing (resource_id)
  WHERE resource_id IS NOT NULL AND state <> ALL (ARRAY['filed', 'abandoned']);
-- step index
CREATE INDEX CONCURRENTLY access_live_of_resource ON access (resource_id) WHERE ended_at IS NULL;
-- step index
CREATE INDEX CONCURRENTLY resource_by_place ON resource (account_id COLLATE "C", id COLLATE "C");
