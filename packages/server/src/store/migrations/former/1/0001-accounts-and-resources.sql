-- Refuses a write whatever its author meant; TG_ARGV[0] says what is kept from happening.
CREATE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME,
    MESSAGE = TG_TABLE_NAME || ': ' || TG_ARGV[0];
END $$;

CREATE TABLE account (
  id text PRIMARY KEY,
  real_name text NOT NULL CHECK (real_name <> ''),
  display_name text NOT NULL DEFAULT '',
  changed_at timestamptz NOT NULL
);

CREATE TABLE resource (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES account (id),
  provider text NOT NULL,
  product text NOT NULL,
  facts jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  changed_at timestamptz NOT NULL
);
CREATE INDEX resource_by_account ON resource (account_id, id);

-- Whoever decided by the old facts must find another version, so the version does not depend on who writes.
CREATE FUNCTION raise_resource_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version;
  IF (NEW.account_id, NEW.provider, NEW.product, NEW.facts)
     IS DISTINCT FROM (OLD.account_id, OLD.provider, OLD.product, OLD.facts) THEN
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER resource_version_follows_facts BEFORE UPDATE ON resource
  FOR EACH ROW EXECUTE FUNCTION raise_resource_version();
