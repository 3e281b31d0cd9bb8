-- When a code stopped for good: its resource failed the policy, was changed afterwards, and the policy says that nothing
-- revives a code. Until the change the state is derived; the change would make the failing forgotten.
ALTER TABLE filing_code ADD COLUMN stopped_at timestamptz;
CREATE TRIGGER filing_code_stops_once BEFORE UPDATE ON filing_code FOR EACH ROW
  WHEN (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at)
  EXECUTE FUNCTION refuse_write('a code that stopped for good stays stopped');

-- Names a subject in ledgers: places that policies count by subject. The hash may be made anew under another key; the
-- ledger's key never changes.
CREATE TABLE subject_holder (
  id text PRIMARY KEY,
  subject_hash text NOT NULL CONSTRAINT subject_holder_hash UNIQUE
);
CREATE TRIGGER subject_holder_is_kept BEFORE DELETE ON subject_holder FOR EACH ROW
  EXECUTE FUNCTION refuse_write('ledgers are kept under these ids');
