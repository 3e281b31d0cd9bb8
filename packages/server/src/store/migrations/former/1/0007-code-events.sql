-- When the code was last granted, re-pointed, bound, released, consumed or revoked; null: nothing since its issue.
ALTER TABLE filing_code ADD COLUMN changed_at timestamptz;

-- The outbox of codes: one fact for each change, written by trigger in the very statement that makes the change, so
-- that no writer can change a code silently. Never a clear code, never personal data.
-- Per code the order of seq is the order of the changes (the code's row lock gives that). Over all codes it is not the
-- order of the commits: a relay takes what is not relayed yet, it does not keep a cursor.
CREATE TABLE code_event (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL DEFAULT 'evt_' || replace(gen_random_uuid()::text, '-', ''),
  code_id text NOT NULL,
  type text NOT NULL CONSTRAINT code_event_type_known CHECK (type IN ('CodeIssued', 'CodeGranted', 'CodeRepointed',
    'CodeBound', 'CodeReleased', 'CodeUsed', 'CodeRevoked')),
  at timestamptz NOT NULL,
  issuer_account_id text NOT NULL,
  grantee_account_id text,
  resource_id text NOT NULL,
  detail jsonb NOT NULL,
  -- When it was handed to everybody who wants to know; only then may it be cleared away.
  relayed_at timestamptz
);
CREATE INDEX code_event_to_relay ON code_event (seq) WHERE relayed_at IS NULL;

CREATE TRIGGER code_event_is_a_fact BEFORE UPDATE ON code_event FOR EACH ROW
  WHEN (OLD.relayed_at IS NOT NULL OR NEW.relayed_at IS NULL
        OR (NEW.seq, NEW.id, NEW.code_id, NEW.type, NEW.at, NEW.issuer_account_id, NEW.resource_id, NEW.detail)
           <> (OLD.seq, OLD.id, OLD.code_id, OLD.type, OLD.at, OLD.issuer_account_id, OLD.resource_id, OLD.detail)
        OR NEW.grantee_account_id IS DISTINCT FROM OLD.grantee_account_id)
  EXECUTE FUNCTION refuse_write('events are facts; one can only be marked as relayed, and once');
CREATE TRIGGER code_event_is_kept_until_relayed BEFORE DELETE ON code_event FOR EACH ROW
  WHEN (OLD.relayed_at IS NULL) EXECUTE FUNCTION refuse_write('an event that was not relayed is kept');
CREATE TRIGGER code_event_is_not_emptied BEFORE TRUNCATE ON code_event FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_write('an event that was not relayed is kept');

CREATE FUNCTION record_code_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  happened text;
  more jsonb := '{}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
    VALUES (NEW.id, 'CodeIssued', NEW.issued_at, NEW.issuer_account_id, NEW.grantee_account_id, NEW.resource_id, more);
    RETURN NULL;
  END IF;
  IF NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL THEN
    happened := 'CodeRevoked';
  ELSIF NEW.used_at IS NOT NULL AND OLD.used_at IS NULL THEN
    happened := 'CodeUsed';
    more := jsonb_build_object('filingId', NEW.bound_filing_id);
  ELSIF NEW.bound_filing_id IS NOT NULL AND OLD.bound_filing_id IS NULL THEN
    happened := 'CodeBound';
    more := jsonb_build_object('filingId', NEW.bound_filing_id);
  ELSIF NEW.bound_filing_id IS NULL AND OLD.bound_filing_id IS NOT NULL THEN
    happened := 'CodeReleased';
    more := jsonb_build_object('filingId', OLD.bound_filing_id);
  ELSIF NEW.resource_id <> OLD.resource_id THEN
    happened := 'CodeRepointed';
    more := jsonb_build_object('fromResourceId', OLD.resource_id);
  ELSE
    happened := 'CodeGranted';
    more := jsonb_build_object('fromAccountId', OLD.grantee_account_id);
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (NEW.id, happened, coalesce(NEW.changed_at, NEW.issued_at), NEW.issuer_account_id, NEW.grantee_account_id,
          NEW.resource_id, more);
  RETURN NULL;
END $$;
CREATE TRIGGER filing_code_issue_is_told AFTER INSERT ON filing_code
  FOR EACH ROW EXECUTE FUNCTION record_code_event();
-- Re-sealing under a newer key is no event.
CREATE TRIGGER filing_code_change_is_told AFTER UPDATE ON filing_code FOR EACH ROW
  WHEN ((NEW.resource_id, NEW.grantee_account_id, NEW.granted_at, NEW.bound_filing_id, NEW.used_at, NEW.revoked_at)
        IS DISTINCT FROM
        (OLD.resource_id, OLD.grantee_account_id, OLD.granted_at, OLD.bound_filing_id, OLD.used_at, OLD.revoked_at))
  EXECUTE FUNCTION record_code_event();
