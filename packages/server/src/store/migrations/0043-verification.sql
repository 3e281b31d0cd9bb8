-- Tries to verify the identity of the people of a filing, and what came of each. No personal data: whom a try is about is a keyed hash
-- of filing, name and certificate, so that another person or certificate needs another try. A link is good for hours, and goes with
-- the result.
CREATE TABLE verification (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  role text NOT NULL
    CONSTRAINT verification_role_check CHECK (role IN ('service_principal', 'subject_principal', 'legal_representative')),
  person_hash text NOT NULL,
  way text NOT NULL CONSTRAINT verification_way_check CHECK (way IN ('electronic', 'in_person', 'sheet')),
  state text NOT NULL CONSTRAINT verification_state_check CHECK (state IN ('waiting', 'passed', 'failed')),
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  outside_id text,
  link text,
  link_until timestamptz,
  poll_at timestamptz,
  polls integer NOT NULL DEFAULT 0,
  result_at timestamptz,
  valid_until timestamptz,
  reason text,
  comment text NOT NULL DEFAULT '',
  decided_by text,
  CONSTRAINT verification_has_result CHECK ((state = 'waiting') = (result_at IS NULL)),
  CONSTRAINT verification_is_good_until CHECK ((state = 'passed') = (valid_until IS NOT NULL))
);
CREATE INDEX verification_of_filing ON verification (filing_id, started_at, id);
CREATE INDEX verification_to_poll ON verification (poll_at, id) WHERE poll_at IS NOT NULL;

-- Each result that was told, once, whatever came of it: one that comes again changes nothing.
CREATE TABLE verification_result (
  verification_id text NOT NULL REFERENCES verification (id),
  result_id text NOT NULL,
  outcome text NOT NULL CONSTRAINT verification_result_outcome_check CHECK (outcome IN ('passed', 'failed')),
  at timestamptz NOT NULL,
  reason text,
  received_at timestamptz NOT NULL,
  CONSTRAINT verification_result_pkey PRIMARY KEY (verification_id, result_id)
);
