-- A code's place is checked while the code is unused. So it starts unused, and when it becomes used the place must be
-- its own and live at that very moment: otherwise a code could be led off its place on the way and the quota be spent
-- twice. (Whether the place of a used code comes back when its filing is cancelled is the policy's to say.)
CREATE TRIGGER filing_code_starts_unused BEFORE INSERT ON filing_code FOR EACH ROW
  WHEN (NEW.used_at IS NOT NULL OR NEW.revoked_at IS NOT NULL OR NEW.bound_filing_id IS NOT NULL)
  EXECUTE FUNCTION refuse_write('a code starts unused');

CREATE FUNCTION require_spend_of_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_for = 'code') THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing_code', CONSTRAINT = TG_NAME,
      MESSAGE = 'filing_code: it becomes used on a live place of its own only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_code_used_on_spend BEFORE UPDATE ON filing_code FOR EACH ROW
  WHEN (NEW.used_at IS NOT NULL AND OLD.used_at IS NULL) EXECUTE FUNCTION require_spend_of_used();

-- Asked at once, not at the end of the transaction: later statements of it may give the place back for good reasons.
CREATE FUNCTION require_spend_of_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM quota_spend WHERE id = NEW.spend_id AND live_for = NEW.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'filing', CONSTRAINT = 'filing_filed_on_spend',
      MESSAGE = 'filing: it becomes filed on a live place of its own only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_filed_on_spend BEFORE INSERT ON filing FOR EACH ROW
  WHEN (NEW.state = 'filed' AND NEW.code_id IS NULL) EXECUTE FUNCTION require_spend_of_filed();
CREATE TRIGGER filing_becomes_filed_on_spend BEFORE UPDATE ON filing FOR EACH ROW
  WHEN (NEW.state = 'filed' AND NEW.code_id IS NULL
        AND (OLD.state <> 'filed' OR OLD.code_id IS NOT NULL OR NEW.spend_id IS DISTINCT FROM OLD.spend_id))
  EXECUTE FUNCTION require_spend_of_filed();

-- Names in these functions mean our tables and nobody else's: by default a session's temporary table called "quota"
-- would be found first and counted instead. And what moves the counter or tells events does it with the rights of the
-- owner, so that the application's role needs none to write there itself (docs/database-role.md).
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
ALTER FUNCTION move_quota_on_spend() SECURITY DEFINER;
ALTER FUNCTION move_quota_on_return() SECURITY DEFINER;
ALTER FUNCTION record_code_event() SECURITY DEFINER;
