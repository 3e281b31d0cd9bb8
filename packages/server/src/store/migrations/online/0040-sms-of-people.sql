-- As 0040, in steps that hold no lock for long.

-- step
-- Who has confirmed the SMS of a hand-over, as far as the authority says so. Messages come twice and in any order: `sent` gives way to
-- `expired`, that to `failed`, and everything to `confirmed`.
CREATE TABLE sms_person (
  submission_id text NOT NULL REFERENCES submission (id),
  person text NOT NULL CONSTRAINT sms_person_person_check CHECK (person IN ('subject_principal', 'service_principal')),
  state text NOT NULL CONSTRAINT sms_person_state_check CHECK (state IN ('sent', 'expired', 'failed', 'confirmed')),
  -- Of the authority's page, as it was told last.
  code text,
  resends integer NOT NULL DEFAULT 0,
  wrong_codes integer NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL,
  CONSTRAINT sms_person_pkey PRIMARY KEY (submission_id, person)
);

-- step index
CREATE INDEX CONCURRENTLY authority_message_old_next ON authority_message (received_at)
  WHERE body->>'kind' IN ('sms_requested', 'sms_progress', 'sms_confirmed', 'sms_failed', 'rejected');
-- step index
DROP INDEX CONCURRENTLY IF EXISTS authority_message_old;
-- step
ALTER INDEX authority_message_old_next RENAME TO authority_message_old;
