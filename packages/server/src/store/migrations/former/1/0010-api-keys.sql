-- Keys by which an account's own programs call the API. Of the secret only a keyed hash is kept; after a rotation the
-- earlier one is good for a while, so that programs can change over without a gap.
CREATE TABLE api_key (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES account (id),
  name text NOT NULL,
  scopes text[] NOT NULL CONSTRAINT api_key_has_scopes CHECK (cardinality(scopes) > 0),
  secret_hash text NOT NULL,
  earlier_hash text,
  earlier_until timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  rotated_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  CONSTRAINT api_key_earlier_until_when CHECK ((earlier_hash IS NULL) = (earlier_until IS NULL))
);
CREATE INDEX api_key_by_account ON api_key (account_id, id);

-- A revoked key stays revoked, and nobody's key becomes somebody else's.
CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.account_id, NEW.created_at, NEW.created_by) <> (OLD.id, OLD.account_id, OLD.created_at, OLD.created_by)
    OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at, NEW.secret_hash) IS DISTINCT FROM (OLD.revoked_at, OLD.secret_hash))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = 'api_key', CONSTRAINT = TG_NAME,
      MESSAGE = 'api_key: a key keeps its account, and a revoked one stays revoked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER api_key_life BEFORE UPDATE ON api_key FOR EACH ROW EXECUTE FUNCTION guard_api_key();
CREATE TRIGGER api_key_is_kept BEFORE DELETE ON api_key FOR EACH ROW
  EXECUTE FUNCTION refuse_write('keys are kept; revoke one instead');
