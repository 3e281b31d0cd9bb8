-- What is on some resources: open filings and live accesses; and resources in an order that is the same for every program.
CREATE INDEX filing_open_of_resource ON filing (resource_id)
  WHERE resource_id IS NOT NULL AND state <> ALL (ARRAY['filed', 'abandoned']);
CREATE INDEX access_live_of_resource ON access (resource_id) WHERE ended_at IS NULL;
CREATE INDEX resource_by_place ON resource (account_id COLLATE "C", id COLLATE "C");
