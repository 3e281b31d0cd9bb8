-- An operator who upholds a contest gives the name or the certificate to the contestant's filing, which then holds it as a
-- draft already: nobody else submits in between.
ALTER TABLE filing ADD COLUMN subject_given_at timestamptz;
DROP INDEX filing_one_held_per_subject;
CREATE UNIQUE INDEX filing_one_held_per_subject ON filing (subject_hash)
  WHERE state NOT IN ('filed', 'abandoned') AND set_aside_at IS NULL AND (state <> 'draft' OR subject_given_at IS NOT NULL);
