-- When the authority struck a record. A struck service keeps its row, so that the gate can say why its name is blocked.
ALTER TABLE subject_record ADD COLUMN cancelled_at timestamptz;
ALTER TABLE service_record ADD COLUMN cancelled_at timestamptz;
ALTER TABLE service_record ADD CONSTRAINT service_record_cancelled_when
  CHECK (cancelled_at IS NULL OR state = 'cancelled');

-- The gate is told when a record changed, not when it was made. Read from the row, so that it comes with the statement.
ALTER TABLE subject_record ADD COLUMN moved_at timestamptz
  GENERATED ALWAYS AS (greatest(recorded_at, cancelled_at)) STORED;
ALTER TABLE service_record ADD COLUMN moved_at timestamptz
  GENERATED ALWAYS AS (greatest(recorded_at, cancelled_at)) STORED;
ALTER TABLE access ADD COLUMN moved_at timestamptz GENERATED ALWAYS AS (greatest(started_at, ended_at)) STORED;
DROP TRIGGER subject_record_changed_for_gate ON subject_record;
DROP TRIGGER service_record_changed_for_gate ON service_record;
DROP TRIGGER access_changed_for_gate ON access;
CREATE TRIGGER subject_record_changed_for_gate AFTER UPDATE ON subject_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('moved_at');
CREATE TRIGGER service_record_changed_for_gate AFTER UPDATE ON service_record REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('moved_at');
CREATE TRIGGER access_changed_for_gate AFTER UPDATE ON access REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_gate_change('moved_at');

-- A message about a record names no submission. Approvals and cancellations of one number are found together: one of
-- them may have overtaken the other.
ALTER TABLE authority_message ALTER COLUMN submission_id DROP NOT NULL;
CREATE INDEX authority_message_of_number ON authority_message ((coalesce(body->>'number', body->>'serviceNumber')))
  WHERE body->>'kind' IN ('approved', 'cancelled');

-- What became of a used code's filing is told on the same way; it is no change of the code, which stays used.
ALTER TABLE code_event DROP CONSTRAINT code_event_type_known;
ALTER TABLE code_event ADD CONSTRAINT code_event_type_known CHECK (type IN ('CodeIssued', 'CodeGranted',
  'CodeRepointed', 'CodeBound', 'CodeReleased', 'CodeUsed', 'CodeRevoked', 'CodeStopping', 'CodeSuspended',
  'CodeRevived', 'CodeFilingCancelled'));
CREATE OR REPLACE FUNCTION append_code_notice(code text, happened text, happened_at timestamptz, issuer text,
  grantee text, resource text, more jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF happened NOT IN ('CodeStopping', 'CodeSuspended', 'CodeRevived', 'CodeFilingCancelled') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'code_event', CONSTRAINT = 'append_code_notice',
      MESSAGE = 'code_event: changes of codes are told by the database itself';
  END IF;
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  VALUES (code, happened, happened_at, issuer, grantee, resource, more);
END $$;
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION append_code_notice(text, text, timestamptz, text, text, text, jsonb)
    SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
