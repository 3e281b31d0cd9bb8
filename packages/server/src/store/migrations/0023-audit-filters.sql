-- The audit by who and by what, and by both; ascending, as its other indexes.
CREATE INDEX audit_by_actor ON audit (actor_id, at, id);
CREATE INDEX audit_by_action ON audit (action, at, id);
