-- As 0023, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY audit_by_actor ON audit (actor_id, at, id);
-- step index
CREATE INDEX CONCURRENTLY audit_by_action ON audit (action, at, id);
