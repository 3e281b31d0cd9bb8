-- Recognises the keys that this database was used with, so that a process with other keys refuses to start.
CREATE TABLE key_check (
  use text NOT NULL CHECK (use IN ('sealing', 'hashing')),
  key_id text NOT NULL,
  -- A hash under the key itself; it says nothing about the key.
  value text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (use, key_id)
);
