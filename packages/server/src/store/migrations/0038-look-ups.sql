-- What services outside are asked about a filing, each at most one question at a time, and what came of the last one.
CREATE TABLE look_up (
  filing_id text NOT NULL REFERENCES filing (id),
  name text NOT NULL,
  -- When it is to be asked; null: not now.
  wanted_at timestamptz,
  -- Questions in a row that got no answer.
  attempts integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamptz,
  -- All of what follows is null until something came of it; `asked_at` and `source` also where nobody could be asked.
  state text CONSTRAINT look_up_state_check CHECK (state IN ('not_asked', 'answered', 'failed')),
  asked_at timestamptz,
  source text,
  -- Keyed hash of what was asked about: of another form it says nothing.
  about text,
  facts jsonb,
  said_zh text,
  said_en text,
  CONSTRAINT look_up_pkey PRIMARY KEY (filing_id, name)
);
CREATE INDEX look_up_wanted ON look_up (wanted_at, filing_id, name) WHERE wanted_at IS NOT NULL;
