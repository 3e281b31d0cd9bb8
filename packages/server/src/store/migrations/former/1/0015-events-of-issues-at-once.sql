-- Codes that are made by one statement are told by one: a trigger for the statement and not for each row, so that what
-- it costs is shared by all that are issued together.
CREATE FUNCTION record_codes_issued() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO code_event (code_id, type, at, issuer_account_id, grantee_account_id, resource_id, detail)
  SELECT id, 'CodeIssued', issued_at, issuer_account_id, grantee_account_id, resource_id, '{}' FROM made;
  RETURN NULL;
END $$;
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION record_codes_issued() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
DROP TRIGGER filing_code_issue_is_told ON filing_code;
CREATE TRIGGER filing_code_issue_is_told AFTER INSERT ON filing_code REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION record_codes_issued();
