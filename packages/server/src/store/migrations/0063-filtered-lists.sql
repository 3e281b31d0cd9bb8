-- What lists are narrowed to: rows of a state that few have, in the order of the list.
CREATE INDEX api_key_revoked ON api_key (id DESC) WHERE revoked_at IS NOT NULL;
CREATE INDEX api_key_expiring ON api_key (expires_at) WHERE revoked_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX account_move_open ON account_move (until) WHERE ending IS NULL;
CREATE INDEX account_move_ended ON account_move (ending, id DESC) WHERE ending IS NOT NULL;
CREATE INDEX job_failing ON job (run_at, id) WHERE last_error IS NOT NULL;
CREATE INDEX webhook_paused ON webhook (id) WHERE paused_at IS NOT NULL;
CREATE INDEX auth_user_of_role ON auth_user (role, username) WHERE username IS NOT NULL;
CREATE INDEX auth_user_disabled ON auth_user (username) WHERE "disabledAt" IS NOT NULL;
