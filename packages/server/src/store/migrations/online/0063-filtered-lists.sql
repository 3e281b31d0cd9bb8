-- As 0063, in steps that hold no lock for long.

-- step index
CREATE INDEX CONCURRENTLY api_key_revoked ON api_key (id DESC) WHERE revoked_at IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY api_key_expiring ON api_key (expires_at) WHERE revoked_at IS NULL AND expires_at IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY account_move_open ON account_move (until) WHERE ending IS NULL;
-- step index
CREATE INDEX CONCURRENTLY account_move_ended ON account_move (ending, id DESC) WHERE ending IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY job_failing ON job (run_at, id) WHERE last_error IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY webhook_paused ON webhook (id) WHERE paused_at IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY auth_user_of_role ON auth_user (role, username) WHERE username IS NOT NULL;
-- step index
CREATE INDEX CONCURRENTLY auth_user_disabled ON auth_user (username) WHERE "disabledAt" IS NOT NULL;
