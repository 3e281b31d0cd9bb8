-- The filing in flight (备案订单). The lists of states are those of model/filing; a test keeps them equal.
CREATE TABLE filing (
  id text PRIMARY KEY CONSTRAINT filing_id_is_no_holder CHECK (id <> 'code'),
  account_id text NOT NULL REFERENCES account (id),
  provider text NOT NULL,
  kind text NOT NULL CONSTRAINT filing_kind_known
    CHECK (kind IN ('first', 'access', 'add_site_here', 'add_site_elsewhere')),
  state text NOT NULL CONSTRAINT filing_state_known
    CHECK (state IN ('draft', 'awaiting_review', 'returned', 'awaiting_forward', 'awaiting_sms', 'sms_failed',
                     'awaiting_verdict', 'rejected', 'filed', 'abandoned')),
  version integer NOT NULL CHECK (version >= 1),
  domain_name text NOT NULL,
  service_kind text NOT NULL,
  subject_kind text NOT NULL,
  province_code text NOT NULL CHECK (province_code ~ '^[0-9]{6}$'),
  subject_hash text NOT NULL,
  subject_number text,
  service_number text,
  resource_id text REFERENCES resource (id),
  code_id text REFERENCES filing_code (id),
  spend_id text REFERENCES quota_spend (id),
  form jsonb NOT NULL,
  findings jsonb NOT NULL,
  submission_id text,
  submitted_by text,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  due_at timestamptz,
  -- No way to a filing that spends no quota: from submission on, the filing's own code is bound to it, or a direct
  -- spend is live for it (once filed, policy may give that spend back, e.g. when the filing is cancelled).
  covered_by_code text GENERATED ALWAYS AS
    (CASE WHEN state IN ('awaiting_review', 'awaiting_forward', 'awaiting_sms', 'awaiting_verdict', 'filed')
          AND code_id IS NOT NULL THEN id END) STORED,
  covered_by_spend text GENERATED ALWAYS AS
    (CASE WHEN state IN ('awaiting_review', 'awaiting_forward', 'awaiting_sms', 'awaiting_verdict')
          AND code_id IS NULL THEN spend_id END) STORED,
  CONSTRAINT filing_submitted_spends CHECK
    (state IN ('draft', 'returned', 'sms_failed', 'rejected', 'abandoned')
     OR code_id IS NOT NULL OR spend_id IS NOT NULL),
  CONSTRAINT filing_covered_by_code FOREIGN KEY (covered_by_code) REFERENCES filing_code (bound_filing_id)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT filing_covered_by_spend FOREIGN KEY (covered_by_spend, id) REFERENCES quota_spend (id, live_for)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX filing_one_open_per_name ON filing (domain_name) WHERE state NOT IN ('filed', 'abandoned');
CREATE UNIQUE INDEX filing_one_open_per_subject ON filing (subject_hash) WHERE state NOT IN ('filed', 'abandoned');
CREATE INDEX filing_by_account ON filing (account_id, started_at DESC, id DESC);
CREATE INDEX filing_by_state ON filing (state, started_at DESC, id DESC);
CREATE UNIQUE INDEX filing_by_submission ON filing (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX filing_overdue ON filing (due_at) WHERE state NOT IN ('filed', 'abandoned');
CREATE INDEX filing_by_code ON filing (code_id) WHERE code_id IS NOT NULL;

CREATE TRIGGER filing_end_is_final BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (OLD.state IN ('filed', 'abandoned') AND NEW.state <> OLD.state)
  EXECUTE FUNCTION refuse_write('a filing that ended stays ended');
CREATE TRIGGER filing_is_kept BEFORE DELETE ON filing FOR EACH ROW
  EXECUTE FUNCTION refuse_write('filings are kept; give one up instead');

ALTER TABLE quota_spend ADD CONSTRAINT quota_spend_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES filing (id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE filing_code ADD CONSTRAINT filing_code_bound_filing_id_fkey
  FOREIGN KEY (bound_filing_id) REFERENCES filing (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE filing_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_role text NOT NULL,
  type text NOT NULL,
  detail jsonb
);
CREATE INDEX filing_event_by_filing ON filing_event (filing_id, id);
CREATE TRIGGER filing_event_is_append_only BEFORE UPDATE OR DELETE ON filing_event FOR EACH ROW
  EXECUTE FUNCTION refuse_write('events are facts; they are only added');
CREATE TRIGGER filing_event_is_not_emptied BEFORE TRUNCATE ON filing_event FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('events are facts; they are only added');
