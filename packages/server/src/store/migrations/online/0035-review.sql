-- As 0035, in steps that hold no lock for long.

-- step
ALTER TABLE filing
  ADD COLUMN state_since timestamptz,
  -- How often it came to the reviewers; 0: before this was counted, or never.
  ADD COLUMN review_round integer NOT NULL DEFAULT 0,
  -- Of a filing that two people look at: who passed it first.
  ADD COLUMN first_passed_by text,
  -- Since when the customer is asked for something while the review goes on.
  ADD COLUMN asked_at timestamptz,
  -- Calls of this round: how many reached nobody, what came of the last one, and when to call again.
  ADD COLUMN calls_missed integer NOT NULL DEFAULT 0,
  ADD COLUMN last_call text,
  ADD COLUMN call_again_at timestamptz;
-- step
-- What a reviewer had before them each time: of every field what is shown of it, masked where it is personal, and a keyed hash by which
-- to see whether it changed.
CREATE TABLE review_round (
  filing_id text NOT NULL REFERENCES filing (id),
  no integer NOT NULL CHECK (no > 0),
  begun_at timestamptz NOT NULL,
  begun_by text NOT NULL,
  seen jsonb NOT NULL,
  PRIMARY KEY (filing_id, no)
);
-- What a reviewer has looked at of the check list of a round.
CREATE TABLE review_tick (
  filing_id text NOT NULL REFERENCES filing (id),
  round_no integer NOT NULL,
  rule text NOT NULL,
  ticked_by text NOT NULL,
  ticked_at timestamptz NOT NULL,
  PRIMARY KEY (filing_id, round_no, rule)
);
CREATE TABLE review_call (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  round_no integer NOT NULL,
  at timestamptz NOT NULL,
  called_by text NOT NULL,
  person text NOT NULL CHECK (person IN ('subject_principal', 'service_principal', 'emergency_contact')),
  outcome text NOT NULL CHECK (outcome IN ('reached', 'not_reached', 'wrong_number')),
  again_at timestamptz
);
CREATE INDEX review_call_of_filing ON review_call (filing_id, at DESC, id DESC);
-- How often which was done a day, by whom and for what; nobody reads all filings to count them. `reviewer_id` is empty for the authority.
CREATE TABLE review_tally (
  day date NOT NULL,
  reviewer_id text NOT NULL,
  province_code text NOT NULL,
  outcome text NOT NULL,
  rule text NOT NULL DEFAULT '',
  field text NOT NULL DEFAULT '',
  count bigint NOT NULL,
  PRIMARY KEY (day, reviewer_id, province_code, outcome, rule, field)
);
-- How many filings left a state that day after so many minutes, to two significant digits: medians are read off it.
CREATE TABLE stay_tally (
  day date NOT NULL,
  state text NOT NULL,
  province_code text NOT NULL,
  minutes integer NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, state, province_code, minutes)
);

-- step
CREATE FUNCTION name_variants(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN s = '' THEN '{}'
    WHEN length(s) BETWEEN 4 AND 40
      THEN ARRAY[s] || ARRAY(SELECT DISTINCT overlay(s PLACING '' FROM i FOR 1) FROM generate_series(1, length(s)) AS i)
    ELSE ARRAY[s] END
  FROM (SELECT replace(replace(translate(replace(lower(normalize(left($1, 200), NFKC)), '-', ''),
      '0оοօ1iіιӏɩıíаαɑеεҽсϲрρхχуγүкκмμнηтτвβѕ5јһԁԛԝѡωνѵոսàáâãäåçèéêëìîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝ'
      || 'ğġģĥĩīĭįĳĵķĺļľŀńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǆǉǌǎǐǒǔǖǘǚǜǟǡǧǩǫǭǰǳǵǹǻȁȃȅȇȉȋȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳ',
      'oooollllllllaaaeeeccppxxyyykkmmhhttbbssjhdqwwwvvnuaaaaaaceeeelllnooooouuuuyyaaaccccdeeeeeg'
      || 'ggghllllljkllllnnnooorrrssssttuuuuuuwyzzzoudlnalouuuuuaagkoojdgnaaaeelloorruusthaeooooy'),
    'rn', 'm'), 'vv', 'w') AS s) AS t
$$;
-- step index
CREATE INDEX CONCURRENTLY filing_similar_domain ON filing USING gin (name_variants(split_part(domain_name, '.', 1)))
  WHERE state NOT IN ('filed', 'abandoned');
-- step index
CREATE INDEX CONCURRENTLY filing_similar_name ON filing USING gin (name_variants(form ->> 'service.name'))
  WHERE state NOT IN ('filed', 'abandoned');
-- step index
CREATE INDEX CONCURRENTLY service_record_similar_domain ON service_record USING gin (name_variants(split_part(domain_name, '.', 1)))
  WHERE state <> 'cancelled';
-- step index
CREATE INDEX CONCURRENTLY service_record_similar_name ON service_record USING gin (name_variants(service_name)) WHERE state <> 'cancelled';
-- step index
CREATE INDEX CONCURRENTLY filing_of_subject ON filing (subject_hash, started_at DESC, id DESC);
