-- As 0017, in steps that hold no lock for long. What is unique by the former indexes is by the new ones, too.

-- step
ALTER TABLE filing
  ADD COLUMN name_proven_at timestamptz,
  ADD COLUMN set_aside_at timestamptz,
  ADD COLUMN told_kind text;
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_held_per_name ON filing (domain_name)
  WHERE state NOT IN ('filed', 'abandoned') AND set_aside_at IS NULL AND (state <> 'draft' OR name_proven_at IS NOT NULL);
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_held_per_subject ON filing (subject_hash)
  WHERE state NOT IN ('draft', 'filed', 'abandoned') AND set_aside_at IS NULL;
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_open_per_name_next ON filing (account_id, domain_name)
  WHERE state NOT IN ('filed', 'abandoned');
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_open_per_name;
-- step
ALTER INDEX filing_one_open_per_name_next RENAME TO filing_one_open_per_name;
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_open_per_subject_next ON filing (account_id, subject_hash)
  WHERE state NOT IN ('filed', 'abandoned');
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_open_per_subject;
-- step
ALTER INDEX filing_one_open_per_subject_next RENAME TO filing_one_open_per_subject;

-- step
-- How an account shows that a name is its own: a text in the name's DNS, good for one proof, or the registrar's word.
CREATE TABLE name_proof (
  account_id text NOT NULL REFERENCES account (id),
  domain_name text NOT NULL,
  -- Null once it has proven the name: nobody proves anything by it again.
  token text,
  token_until timestamptz,
  proven_at timestamptz,
  proven_until timestamptz,
  method text CHECK (method IN ('dns_txt', 'registrar')),
  PRIMARY KEY (account_id, domain_name),
  CONSTRAINT name_proof_token_whole CHECK ((token IS NULL) = (token_until IS NULL)),
  CONSTRAINT name_proof_proven_whole CHECK (
    (proven_at IS NULL) = (proven_until IS NULL) AND (proven_at IS NULL) = (method IS NULL))
);

-- An account says that a name or a certificate that another account's filing holds is its own; an operator decides.
CREATE TABLE contest (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  account_id text NOT NULL REFERENCES account (id),
  holder_filing_id text NOT NULL REFERENCES filing (id),
  holder_account_id text NOT NULL REFERENCES account (id),
  about text NOT NULL CHECK (about IN ('domain_name', 'certificate')),
  domain_name text NOT NULL,
  statement text NOT NULL,
  opened_at timestamptz NOT NULL,
  decision text CHECK (decision IN ('upheld', 'dismissed')),
  reasons text,
  decided_by text,
  decided_at timestamptz,
  CONSTRAINT contest_decided_whole CHECK (
    (decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (reasons IS NULL)
    AND (decision IS NULL) = (decided_by IS NULL))
);
CREATE UNIQUE INDEX contest_one_open ON contest (filing_id) WHERE decided_at IS NULL;
CREATE INDEX contest_by_account ON contest (account_id, id);
CREATE INDEX contest_undecided ON contest (id) WHERE decided_at IS NULL;
