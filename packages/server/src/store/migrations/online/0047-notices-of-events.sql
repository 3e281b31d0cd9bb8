-- As 0047, in steps that hold no lock for long.

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
