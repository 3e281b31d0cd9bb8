-- As 0018, in steps that hold no lock for long.

-- step
ALTER TABLE filing ADD COLUMN subject_given_at timestamptz;
-- step index
CREATE UNIQUE INDEX CONCURRENTLY filing_one_held_per_subject_next ON filing (subject_hash)
  WHERE state NOT IN ('filed', 'abandoned') AND set_aside_at IS NULL AND (state <> 'draft' OR subject_given_at IS NOT NULL);
-- step index
DROP INDEX CONCURRENTLY IF EXISTS filing_one_held_per_subject;
-- step
ALTER INDEX filing_one_held_per_subject_next RENAME TO filing_one_held_per_subject;
