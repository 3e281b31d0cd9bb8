-- What people write in their own words, such as reasons and comments: sealed here, and named by its id wherever it belongs, also in rows
-- that never change. Words from before this release stay where they were written.
CREATE TABLE said_text (
  id text PRIMARY KEY,
  sealed_text text NOT NULL,
  said_at timestamptz NOT NULL,
  -- Named by one row of the audit and nothing else: it goes when that row is cleared away.
  of_audit boolean NOT NULL
);
CREATE TRIGGER said_text_is_kept BEFORE UPDATE OF id, said_at, of_audit ON said_text FOR EACH ROW
  EXECUTE FUNCTION refuse_write('what was said stays said');

ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check CHECK (
  kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals', 'people', 'totp', 'contests',
    'clearings', 'texts'));
