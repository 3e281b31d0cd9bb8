-- What a provider has to keep of its line to a province’s authority over interface V3.0, or by files.

-- What holds personal data, each under a key of its own that is sealed here: packages as they were sent, files as they came,
-- messages, what waits for an operator, records as the authority has them.
CREATE TABLE authority_paper (
  id text PRIMARY KEY,
  sealed_key text NOT NULL,
  -- Sealed under the paper’s key, not under one of the ring.
  body bytea NOT NULL,
  -- From then on it may go; null: as long as what refers to it.
  kept_until timestamptz
);
CREATE INDEX authority_paper_kept_until ON authority_paper (kept_until) WHERE kept_until IS NOT NULL;

-- One line for each provider’s number and province. Its row is what uploads take turns by: `upload_by` has the line until then.
CREATE TABLE authority_line (
  provider text NOT NULL,
  province_code text NOT NULL,
  accepted_sequence bigint NOT NULL DEFAULT 0,
  -- The provider’s own numbers of subjects, services, domains, accesses and ranges, all counted together; begun above what
  -- authorities count with.
  next_own_id bigint NOT NULL DEFAULT 1000000001,
  upload_by text,
  upload_until timestamptz,
  download_by text,
  download_until timestamptz,
  download_after timestamptz,
  closed_until timestamptz,
  -- Code and both texts.
  closed_because text[],
  stopped_at timestamptz,
  stopped_because text[],
  last_operation text,
  last_code integer,
  last_at timestamptz,
  CONSTRAINT authority_line_pkey PRIMARY KEY (provider, province_code)
);

-- A hand-over on a line, with both id spaces: the provider’s own numbers and the authority’s.
CREATE TABLE authority_handover (
  submission_id text PRIMARY KEY,
  provider text NOT NULL,
  province_code text NOT NULL,
  filing_id text NOT NULL,
  -- `Czlx` of the interface.
  operation integer NOT NULL,
  state text NOT NULL CONSTRAINT authority_handover_state_check
    CHECK (state IN ('sending', 'waiting', 'retry', 'awaiting_numbers', 'with_operator', 'ended')),
  outcome text,
  own_subject bigint NOT NULL,
  own_service bigint NOT NULL,
  own_domain bigint NOT NULL,
  own_access bigint NOT NULL,
  subject_id bigint,
  service_id bigint,
  access_id bigint,
  subject_number text,
  service_number text,
  domain_name text NOT NULL,
  made_at timestamptz NOT NULL,
  accepted_at timestamptz,
  -- When it is sent again, or its numbers are asked for.
  due_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT authority_handover_line FOREIGN KEY (provider, province_code) REFERENCES authority_line (provider, province_code)
);
CREATE INDEX authority_handover_own_subject ON authority_handover (provider, province_code, own_subject);
CREATE INDEX authority_handover_own_service ON authority_handover (provider, province_code, own_service);
CREATE INDEX authority_handover_subject_id ON authority_handover (provider, province_code, subject_id);
CREATE INDEX authority_handover_service_id ON authority_handover (provider, province_code, service_id);
CREATE INDEX authority_handover_access_id ON authority_handover (provider, province_code, access_id);
CREATE INDEX authority_handover_subject_number ON authority_handover (provider, province_code, subject_number);
CREATE INDEX authority_handover_service_number ON authority_handover (provider, province_code, service_number);
CREATE INDEX authority_handover_open ON authority_handover (provider, province_code, state, accepted_at) WHERE state <> 'ended';
CREATE INDEX authority_handover_due ON authority_handover (due_at, submission_id) WHERE due_at IS NOT NULL;

-- A package of a line. `sending`: whether the authority has it is not known; `unsent`: it has not, and its number is free again.
CREATE TABLE authority_package (
  id text PRIMARY KEY,
  provider text NOT NULL,
  province_code text NOT NULL,
  sequence bigint NOT NULL CONSTRAINT authority_package_sequence_check CHECK (sequence >= 1),
  submission_id text REFERENCES authority_handover (submission_id),
  state text NOT NULL CONSTRAINT authority_package_state_check CHECK (state IN ('sending', 'accepted', 'unsent')),
  content_digest text NOT NULL,
  bytes integer NOT NULL,
  paper_id text NOT NULL,
  made_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  answered_at timestamptz,
  answer_code integer,
  CONSTRAINT authority_package_line FOREIGN KEY (provider, province_code) REFERENCES authority_line (provider, province_code)
);
CREATE UNIQUE INDEX authority_package_in_sequence ON authority_package (provider, province_code, sequence)
  WHERE state <> 'unsent';
CREATE UNIQUE INDEX authority_package_one_sending ON authority_package (provider, province_code) WHERE state = 'sending';
CREATE INDEX authority_package_of_submission ON authority_package (submission_id, id) WHERE submission_id IS NOT NULL;
CREATE INDEX authority_package_made ON authority_package (made_at, id);

-- A file that a line brought, known by its name and what is in it.
CREATE TABLE authority_download (
  id text PRIMARY KEY,
  provider text NOT NULL,
  province_code text NOT NULL,
  file_name text NOT NULL,
  content_digest text NOT NULL,
  -- Why it could not be read; null: it was.
  trouble text,
  paper_id text NOT NULL,
  fetched_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  CONSTRAINT authority_download_once UNIQUE (provider, province_code, file_name, content_digest)
);
CREATE INDEX authority_download_fetched ON authority_download (fetched_at, id);

-- Messages that files brought, in their order, until they are acknowledged.
CREATE TABLE authority_arrival (
  message_id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  provider text NOT NULL,
  province_code text NOT NULL,
  download_id text,
  paper_id text NOT NULL,
  made_at timestamptz NOT NULL,
  taken_at timestamptz
);
CREATE INDEX authority_arrival_waiting ON authority_arrival (seq) WHERE taken_at IS NULL;
CREATE INDEX authority_arrival_taken ON authority_arrival (taken_at) WHERE taken_at IS NOT NULL;

-- What waits for an operator, and what the authority told besides verdicts.
CREATE TABLE authority_case (
  id text PRIMARY KEY,
  provider text NOT NULL,
  province_code text NOT NULL,
  kind text NOT NULL,
  -- The same again is not kept twice.
  about text NOT NULL,
  submission_id text REFERENCES authority_handover (submission_id),
  download_id text,
  paper_id text NOT NULL,
  opened_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text,
  ending text,
  CONSTRAINT authority_case_once UNIQUE (provider, province_code, kind, about)
);
CREATE INDEX authority_case_open ON authority_case (id) WHERE ended_at IS NULL;
CREATE INDEX authority_case_of_submission ON authority_case (submission_id) WHERE ended_at IS NULL;
CREATE INDEX authority_case_ended ON authority_case (ended_at) WHERE ended_at IS NOT NULL;

-- What the authority has on record, as it was last downloaded.
CREATE TABLE authority_subject (
  provider text NOT NULL,
  province_code text NOT NULL,
  subject_id bigint NOT NULL,
  subject_number text,
  own_subject bigint,
  paper_id text NOT NULL,
  as_of timestamptz NOT NULL,
  CONSTRAINT authority_subject_pkey PRIMARY KEY (provider, province_code, subject_id)
);
CREATE INDEX authority_subject_number ON authority_subject (provider, province_code, subject_number);
CREATE INDEX authority_subject_own ON authority_subject (provider, province_code, own_subject);
CREATE TABLE authority_service (
  provider text NOT NULL,
  province_code text NOT NULL,
  service_id bigint NOT NULL,
  subject_id bigint NOT NULL,
  service_number text,
  own_service bigint,
  -- Of the provider’s own access.
  access_id bigint,
  domain_id bigint,
  domain_name text,
  CONSTRAINT authority_service_pkey PRIMARY KEY (provider, province_code, service_id),
  CONSTRAINT authority_service_subject FOREIGN KEY (provider, province_code, subject_id)
    REFERENCES authority_subject (provider, province_code, subject_id) ON DELETE CASCADE
);
CREATE INDEX authority_service_of_subject ON authority_service (provider, province_code, subject_id);
CREATE INDEX authority_service_number ON authority_service (provider, province_code, service_number);
CREATE INDEX authority_service_own ON authority_service (provider, province_code, own_service);

-- The authority’s code tables as a line brought them, the newest of each.
CREATE TABLE authority_tables (
  provider text NOT NULL,
  province_code text NOT NULL,
  as_of date NOT NULL,
  -- JSON, as the interface names it.
  tables text NOT NULL,
  CONSTRAINT authority_tables_pkey PRIMARY KEY (provider, province_code)
);

ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
-- locks: one row for each kind of sealed thing.
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check CHECK (
  kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals', 'people', 'totp', 'contests',
    'clearings', 'texts', 'blobs', 'uploads', 'papers'));
