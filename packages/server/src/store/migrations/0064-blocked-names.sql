-- Which names gates blocked, by day in Shanghai: the most frequent ones, as gates count them. Of days that are past some 92 are kept.
CREATE TABLE blocked_name (
  day date NOT NULL,
  -- Empty: all hosts at and below the domain together.
  host text NOT NULL CHECK (length(host) <= 253),
  -- The name that is, or would have to be, filed.
  domain text NOT NULL CHECK (length(domain) BETWEEN 1 AND 253),
  reason text NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT blocked_name_pkey PRIMARY KEY (day, host, domain, reason)
);
CREATE INDEX blocked_name_by_domain ON blocked_name (domain, day) WHERE host <> '';

-- What is counted of a day as a whole. No count of a name on it is too low by more than too_low_by.
CREATE TABLE blocked_day (
  day date CONSTRAINT blocked_day_pkey PRIMARY KEY,
  total bigint NOT NULL,
  malformed bigint NOT NULL,
  too_low_by bigint NOT NULL
);

-- The last report of each run of a gate that is counted: one that comes again is not.
CREATE TABLE blocked_report (
  gate text NOT NULL,
  run text NOT NULL,
  number bigint NOT NULL,
  heard_at timestamptz NOT NULL,
  CONSTRAINT blocked_report_pkey PRIMARY KEY (gate, run)
);
