-- The authority has told since that the organiser ended, not only its services; null: it has not.
ALTER TABLE authority_subject ADD COLUMN ended_at timestamptz;
