-- Where an account's notices go besides the console; addresses are personal data, sealed.
CREATE TABLE account_mail (
  account_id text PRIMARY KEY REFERENCES account (id),
  sealed text NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check
  CHECK (kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses'));

-- A notice's mail waits in its own row until it was handed over or given up; mail_next_at NULL: nothing waits.
ALTER TABLE notice
  ADD COLUMN mail_next_at timestamptz,
  ADD COLUMN mail_attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN mail_ended_at timestamptz,
  ADD COLUMN mail_error text;
CREATE INDEX notice_mail_due ON notice (mail_next_at) WHERE mail_next_at IS NOT NULL;
