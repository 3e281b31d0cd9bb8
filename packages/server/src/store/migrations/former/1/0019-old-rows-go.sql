-- What is cleared away after a time is found by its age.
CREATE INDEX idempotency_old ON idempotency (claimed_at);
CREATE INDEX notice_old ON notice (at);
