-- Moves that nobody confirms are told of when their time is over; who is asked during a review is reminded.
ALTER TABLE reminder DROP CONSTRAINT reminder_kind_check;
ALTER TABLE reminder ADD CONSTRAINT reminder_kind_check CHECK (kind IN ('filing', 'demand', 'move')) NOT VALID;
ALTER TABLE reminder VALIDATE CONSTRAINT reminder_kind_check;
INSERT INTO reminder (kind, item_id, at)
  SELECT 'move', id, until FROM account_move WHERE ended_at IS NULL AND until > now();

-- Those whose customer is asked during the review: few at any time.
CREATE INDEX filing_asked ON filing (coalesce(due_at, 'infinity'), id) WHERE asked_at IS NOT NULL;
-- On the morning of the last day.
INSERT INTO reminder (kind, item_id, at)
  SELECT 'filing', id, due_at - interval '15 hours' FROM filing WHERE asked_at IS NOT NULL AND due_at IS NOT NULL
  ON CONFLICT DO NOTHING;
