-- What an operator opened in a support access, for the customer to read: each operation and what it was about once, with how often.
CREATE TABLE support_view (
  id text PRIMARY KEY,
  access_id text NOT NULL REFERENCES support_access (id),
  operation text NOT NULL,
  -- What its address names, as a filing; empty for lists, and for what is beyond the most that are told apart.
  object_id text NOT NULL DEFAULT '',
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  CONSTRAINT support_view_once UNIQUE (access_id, operation, object_id)
);
CREATE INDEX support_view_by_access ON support_view (access_id, id);
CREATE TRIGGER support_view_is_kept BEFORE DELETE ON support_view FOR EACH ROW
  EXECUTE FUNCTION refuse_write('what was looked at is kept');
