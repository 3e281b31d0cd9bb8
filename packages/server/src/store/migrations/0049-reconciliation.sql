-- What the authority has of a service, as far as it is compared with the records here; null: it was last delivered before this was kept.
ALTER TABLE authority_service ADD COLUMN service_name text;
ALTER TABLE authority_service ADD COLUMN domain_names text[];
ALTER TABLE authority_service ADD COLUMN has_access boolean;
ALTER TABLE authority_service ADD COLUMN as_of timestamptz;
-- The authority has told since that it ended; null: it has not.
ALTER TABLE authority_service ADD COLUMN ended_at timestamptz;
-- locks: a row for each service that the authority has delivered, small and made by hundreds.
CREATE INDEX authority_service_domain ON authority_service (provider, province_code, domain_name);

-- The last full synchronisation of a line: its first file and its last one so far.
ALTER TABLE authority_line ADD COLUMN synced_from timestamptz;
ALTER TABLE authority_line ADD COLUMN synced_to timestamptz;

-- One run over a line that compares record by record what is on record here with what the authority has.
CREATE TABLE authority_reconciliation (
  id text PRIMARY KEY,
  provider text NOT NULL,
  province_code text NOT NULL,
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  -- First the records here, then what the authority has besides.
  phase text NOT NULL DEFAULT 'ours' CONSTRAINT authority_reconciliation_phase_check CHECK (phase IN ('ours', 'theirs')),
  -- The last record that was compared, by its id; empty: none yet.
  after_id text NOT NULL DEFAULT '',
  compared bigint NOT NULL DEFAULT 0,
  asked bigint NOT NULL DEFAULT 0,
  -- Left out: something about them is with the authority, or the interface does not carry them.
  skipped bigint NOT NULL DEFAULT 0,
  found bigint NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL,
  -- How often in a row it waited at the same record.
  waits integer NOT NULL DEFAULT 0,
  -- Why it waits: code and both texts.
  because text[],
  lease_owner text,
  lease_until timestamptz,
  ended_at timestamptz,
  ending text CONSTRAINT authority_reconciliation_ending_check CHECK (ending IN ('done', 'called_off')),
  CONSTRAINT authority_reconciliation_line FOREIGN KEY (provider, province_code) REFERENCES authority_line (provider, province_code)
);
CREATE UNIQUE INDEX authority_reconciliation_one_open ON authority_reconciliation (provider, province_code) WHERE ended_at IS NULL;
CREATE INDEX authority_reconciliation_due ON authority_reconciliation (due_at, id) WHERE ended_at IS NULL;
CREATE INDEX authority_reconciliation_of_line ON authority_reconciliation (provider, province_code, id);

-- Something in which both books differ about one record, until they agree again. Whatever is personal in it is masked: what it is lies
-- sealed with the record here and with that of the authority.
CREATE TABLE authority_difference (
  id text PRIMARY KEY,
  provider text NOT NULL,
  province_code text NOT NULL,
  kind text NOT NULL,
  -- Of the record here, or of the authority’s where there is none.
  about text NOT NULL,
  service_number text,
  domain_name text,
  filed_subject_id bigint,
  ours text,
  theirs text,
  -- Of what either side says: a difference that an operator has seen is shown again when it becomes another one.
  digest text NOT NULL,
  state text NOT NULL CONSTRAINT authority_difference_state_check CHECK (state IN ('open', 'sent', 'case', 'seen')),
  -- What was sent about it.
  submission_id text,
  found_at timestamptz NOT NULL,
  confirmed_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text,
  ending text CONSTRAINT authority_difference_ending_check CHECK (ending IN ('agrees', 'taken_over')),
  CONSTRAINT authority_difference_line FOREIGN KEY (provider, province_code) REFERENCES authority_line (provider, province_code)
);
CREATE UNIQUE INDEX authority_difference_once ON authority_difference (provider, province_code, about, kind) WHERE ended_at IS NULL;
CREATE INDEX authority_difference_open ON authority_difference (provider, province_code, id) WHERE ended_at IS NULL;
CREATE INDEX authority_difference_sent ON authority_difference (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX authority_difference_ended ON authority_difference (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX authority_reconciliation_ended ON authority_reconciliation (ended_at) WHERE ended_at IS NOT NULL;
