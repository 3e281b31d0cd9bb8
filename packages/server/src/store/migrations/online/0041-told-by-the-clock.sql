-- As 0041, in steps that hold no lock for long.

-- step
ALTER TABLE reminder DROP CONSTRAINT reminder_kind_check;
ALTER TABLE reminder ADD CONSTRAINT reminder_kind_check CHECK (kind IN ('filing', 'demand', 'move')) NOT VALID;
-- step
ALTER TABLE reminder VALIDATE CONSTRAINT reminder_kind_check;
-- step
-- locks: moves are few, and the table is only read
INSERT INTO reminder (kind, item_id, at)
  SELECT 'move', id, until FROM account_move WHERE ended_at IS NULL AND until > now();
-- step index
CREATE INDEX CONCURRENTLY filing_asked ON filing (coalesce(due_at, 'infinity'), id) WHERE asked_at IS NOT NULL;
-- step
-- locks: read by the index that was just made, of those that are asked
INSERT INTO reminder (kind, item_id, at)
  SELECT 'filing', id, due_at - interval '15 hours' FROM filing WHERE asked_at IS NOT NULL AND due_at IS NOT NULL
  ON CONFLICT DO NOTHING;
