-- As 0046, in steps that hold no lock for long.

-- step
ALTER TABLE reminder DROP CONSTRAINT reminder_kind_check;
ALTER TABLE reminder ADD CONSTRAINT reminder_kind_check
  CHECK (kind IN ('filing', 'demand', 'move', 'verification')) NOT VALID;
-- step
ALTER TABLE reminder VALIDATE CONSTRAINT reminder_kind_check;
-- step
-- locks: verifications and filings are only read
INSERT INTO reminder (kind, item_id, at)
  SELECT 'verification', verification.id,
    (((valid_until - interval '1 microsecond') AT TIME ZONE 'Asia/Shanghai')::date - 1 + time '09:00') AT TIME ZONE 'Asia/Shanghai'
  FROM verification JOIN filing ON filing.id = filing_id
  WHERE verification.state = 'passed' AND valid_until > now() + interval '1 day'
    AND filing.state IN ('draft', 'returned', 'sms_failed', 'rejected');
-- step
-- locks: demands are few, and the table is only read
INSERT INTO reminder (kind, item_id, at)
  SELECT 'demand', id, (due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' FROM correction_demand
  WHERE ended_at IS NULL AND due_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date
  ON CONFLICT DO NOTHING;
-- step
-- Which addresses have taken the mail of a notice, as digests with its id: one that is sent again goes to the others only.
ALTER TABLE notice ADD COLUMN mail_sent text[] NOT NULL DEFAULT '{}';

-- What each person has mailed, and in which language; without a row what is usual.
CREATE TABLE notice_preference (
  user_id text NOT NULL CONSTRAINT notice_preference_pkey PRIMARY KEY
    CONSTRAINT notice_preference_user_id_fkey REFERENCES auth_user (id) ON DELETE CASCADE,
  groups text[] NOT NULL,
  language text NOT NULL CONSTRAINT notice_preference_language_check CHECK (language IN ('zh', 'en', 'both')),
  changed_at timestamptz NOT NULL
);
-- step index
CREATE INDEX CONCURRENTLY auth_user_mailed ON auth_user ("accountId", role) WHERE sealed_mail IS NOT NULL AND "disabledAt" IS NULL;
