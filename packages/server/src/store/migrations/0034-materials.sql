-- Pictures that customers hand in. The pictures themselves are in the blob store, sealed under a key of their own that is sealed here.

-- An upload under way: its parts wait here, where every process finds them and a deleted upload leaves nothing.
CREATE TABLE material_upload (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  key text NOT NULL,
  part text NOT NULL,
  certificate_type text,
  bytes integer NOT NULL,
  received integer NOT NULL DEFAULT 0,
  sealed_key text NOT NULL,
  begun_by text NOT NULL,
  begun_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT material_upload_received CHECK (received BETWEEN 0 AND bytes)
);
CREATE INDEX material_upload_of_filing ON material_upload (filing_id, id);
CREATE INDEX material_upload_expires ON material_upload (expires_at);
CREATE TABLE material_upload_part (
  upload_id text NOT NULL REFERENCES material_upload (id) ON DELETE CASCADE,
  at_byte integer NOT NULL,
  -- Sealed under the upload’s key, not under one of the ring.
  body bytea NOT NULL,
  PRIMARY KEY (upload_id, at_byte)
);

-- A content and its copy for the authority. `writing`: its objects may be there or not, and nothing shows it. `dropped`: they go, then
-- the row. So no object is ever without a row.
CREATE TABLE material_blob (
  id text PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('writing', 'stored', 'dropped')),
  content_hash text NOT NULL,
  sealed_key text NOT NULL,
  object_name text NOT NULL CONSTRAINT material_blob_one_per_object UNIQUE,
  facts jsonb NOT NULL,
  copy_bytes integer NOT NULL,
  scan text NOT NULL CHECK (scan IN ('clean', 'not_scanned')),
  made_at timestamptz NOT NULL
);
CREATE INDEX material_blob_by_content ON material_blob (content_hash) WHERE state = 'stored';
CREATE INDEX material_blob_unused ON material_blob (made_at, id) WHERE state <> 'stored';

CREATE TABLE material (
  id text PRIMARY KEY,
  filing_id text NOT NULL REFERENCES filing (id),
  blob_id text NOT NULL REFERENCES material_blob (id),
  key text NOT NULL,
  part text NOT NULL,
  certificate_type text,
  advice jsonb NOT NULL,
  added_at timestamptz NOT NULL,
  added_by text NOT NULL,
  removed_at timestamptz,
  -- Since when its filing is given up; one that is reopened has its pictures again.
  filing_ended_at timestamptz
);
CREATE INDEX material_of_filing ON material (filing_id, id);
CREATE INDEX material_of_blob ON material (blob_id);
CREATE INDEX material_of_ended ON material (filing_ended_at, id) WHERE filing_ended_at IS NOT NULL;
CREATE INDEX material_removed ON material (removed_at, id) WHERE removed_at IS NOT NULL;

-- No row without its objects: what is shown was stored before.
CREATE FUNCTION require_stored_blob() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM material_blob WHERE id = NEW.blob_id AND state = 'stored') THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = 'material', CONSTRAINT = 'material_is_stored',
      MESSAGE = 'material: its content is not stored';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER material_is_stored BEFORE INSERT ON material FOR EACH ROW EXECUTE FUNCTION require_stored_blob();

CREATE FUNCTION note_end_of_filing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE material SET filing_ended_at = CASE WHEN NEW.state = 'abandoned' THEN NEW.updated_at END
  WHERE filing_id = NEW.id;
  RETURN NULL;
END $$;
-- locks: a trigger is made in a moment, and waits for writers of filings only.
CREATE TRIGGER material_of_ended_filing AFTER UPDATE OF state ON filing FOR EACH ROW
  WHEN ((NEW.state = 'abandoned') <> (OLD.state = 'abandoned')) EXECUTE FUNCTION note_end_of_filing();

ALTER TABLE reseal_progress DROP CONSTRAINT reseal_progress_kind_check;
-- locks: one row for each kind of sealed thing.
ALTER TABLE reseal_progress ADD CONSTRAINT reseal_progress_kind_check CHECK (
  kind IN ('codes', 'filings', 'subjects', 'webhooks', 'addresses', 'messages', 'seals', 'people', 'totp', 'contests',
    'clearings', 'texts', 'blobs', 'uploads'));

DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname IN ('require_stored_blob', 'note_end_of_filing')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', one, current_schema());
  END LOOP;
END $$;
