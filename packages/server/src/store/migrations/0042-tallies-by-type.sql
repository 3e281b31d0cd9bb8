-- As `review_tally` and `stay_tally`, of each type of filing, from now on; the totals stay as they are, since servers of the former
-- release write them by their keys.
CREATE TABLE review_tally_of_kind (
  day date NOT NULL,
  kind text NOT NULL,
  reviewer_id text NOT NULL,
  province_code text NOT NULL,
  outcome text NOT NULL,
  rule text NOT NULL DEFAULT '',
  field text NOT NULL DEFAULT '',
  count bigint NOT NULL,
  CONSTRAINT review_tally_of_kind_pkey PRIMARY KEY (kind, day, reviewer_id, province_code, outcome, rule, field)
);
CREATE TABLE stay_tally_of_kind (
  day date NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  province_code text NOT NULL,
  minutes integer NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT stay_tally_of_kind_pkey PRIMARY KEY (kind, day, state, province_code, minutes)
);
